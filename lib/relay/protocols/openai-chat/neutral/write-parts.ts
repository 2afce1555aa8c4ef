import type {
  DocumentBlock,
  ImageBlock,
  MediaSource,
  ResultContent,
} from "../../../neutral-blocks";
import { decode } from "../../../stream/bytes";
import { dataUrl, recordingMime } from "../../data-url";
import type { Lose } from "../../loss-list";
import { type Fields, stated } from "../../own-extra";
import { ownFields } from "./own-extra";

/** A part of a user's message; null for what cannot be said. */
export function userPart(block: ResultContent, lose: Lose): Fields | null {
  if (block.kind === "image") return imagePart(block, lose);
  if (block.kind === "document") return documentPart(block, lose);
  if (block.kind === "tool-reference") return { type: "text", text: referenceText(block.name) };
  return { type: "text", ...ownFields(block.extra), text: block.text };
}

/** A tool that a search found, as text: only Anthropic has a block for it. */
export function referenceText(name: string): string {
  return JSON.stringify({ type: "tool_reference", tool_name: name });
}

const DETAILS: ReadonlySet<string> = new Set(["low", "high", "auto"]);

function imagePart({ source, detail, extra }: ImageBlock, lose: Lose): Fields | null {
  const url = addressOf(source);
  if (url === null) return lost(source, "image", lose);
  const known = detail !== null && DETAILS.has(detail);
  if (detail !== null && !known) lose("image-detail", "detail");
  const image_url = { url, ...(known ? { detail } : {}) };
  return { type: "image_url", ...ownFields(extra), image_url };
}

const UNNAMED = "document.pdf";

function documentPart({ source, name, extra }: DocumentBlock, lose: Lose): Fields | null {
  const text = plainTextOf(source);
  if (text !== null) {
    lose("document-form", "document of text");
    return { type: "text", text };
  }
  if (source.kind === "url") {
    lose("document-form", "document by address");
    return null;
  }
  const recorded = recordingMime(source);
  if (recorded !== null) {
    lose("document-form", recorded);
    return null;
  }
  const own = ownFields(extra);
  if (source.kind === "data") {
    const file = { filename: name ?? UNNAMED, file_data: dataUrl(source) };
    return { type: "file", ...own, file };
  }
  if (source.kind !== "file" || source.protocol !== "openai-chat") {
    return lost(source, "document", lose);
  }
  return { type: "file", ...own, file: stated({ file_id: source.id, filename: name }) };
}

/** Only PDFs are taken as files: what is text is said as one. */
function plainTextOf(source: MediaSource): string | null {
  if (source.kind === "text") return source.text;
  if (source.kind !== "data" || !source.mime.startsWith("text/")) return null;
  return decode(Buffer.from(source.base64, "base64"));
}

function addressOf(source: MediaSource): string | null {
  if (source.kind === "url") return source.url;
  return source.kind === "data" ? dataUrl(source) : null;
}

function lost(source: MediaSource, what: string, lose: Lose): null {
  if (source.kind === "file") lose("file-reference", `${what} kept at ${source.protocol}`);
  else lose("image-form", what);
  return null;
}
