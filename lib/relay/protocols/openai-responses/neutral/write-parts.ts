import type {
  Citation,
  DocumentBlock,
  ImageBlock,
  MediaSource,
  ResultContent,
  TextBlock,
} from "../../../neutral-blocks";
import { recordingMime } from "../../data-url";
import type { Lose } from "../../loss-list";
import type { Fields } from "../../own-extra";
import { sourceFields } from "./media";
import { ownFields } from "./own-extra";

/** A text as a part of an assistant's message. */
export function outputText(block: TextBlock): Fields {
  const own = ownFields(block.extra);
  if (own.type === "refusal") return { ...own, refusal: block.text };
  const annotations = block.citations.flatMap(
    (citation) => annotationOf(citation, block.text.length) ?? [],
  );
  return { type: "output_text", ...own, text: block.text, annotations };
}

/** A part of a user's or developer's message, or of a tool's output; null for what cannot be said. */
export function inputPart(block: ResultContent, lose: Lose): Fields | null {
  if (block.kind === "image") return imagePart(block, lose);
  if (block.kind === "document") return filePart(block, lose);
  if (block.kind === "tool-reference") {
    return { type: "input_text", text: referenceText(block.name) };
  }
  return { type: "input_text", ...ownFields(block.extra), text: block.text };
}

/** A tool that a search found, as text: only Anthropic has a block for it. */
export function referenceText(name: string): string {
  return JSON.stringify({ type: "tool_reference", tool_name: name });
}

function imagePart({ source, detail, extra }: ImageBlock, lose: Lose): Fields | null {
  const stating = sourceFields(source, { data: "image_url", url: "image_url" }, null);
  if (!stating) return lost(source, "image", lose);
  const known = detail !== null && DETAILS.has(detail);
  if (detail !== null && !known) lose("image-detail", "detail");
  return { type: "input_image", ...ownFields(extra), ...stating, ...(known ? { detail } : {}) };
}

const DETAILS: ReadonlySet<string> = new Set(["low", "high", "auto", "original"]);
const UNNAMED = "document.pdf";

function filePart({ source, name, extra }: DocumentBlock, lose: Lose): Fields | null {
  if (source.kind === "text") {
    lose("document-form", "document");
    return { type: "input_text", text: source.text };
  }
  const recorded = recordingMime(source);
  if (recorded !== null) {
    lose("document-form", recorded);
    return null;
  }
  const named = name ?? (source.kind === "data" ? UNNAMED : null);
  const stating = sourceFields(source, { data: "file_data", url: "file_url" }, named);
  if (!stating) return lost(source, "document", lose);
  return { type: "input_file", ...ownFields(extra), ...stating };
}

function lost(source: MediaSource, what: string, lose: Lose): null {
  if (source.kind === "file") lose("file-reference", `${what} kept at ${source.protocol}`);
  else lose("image-form", what);
  return null;
}

/** A citation as an annotation, of the whole text where it states no place; null without an address. */
export function annotationOf(
  { url, title, start, end, extra }: Citation,
  textLength: number,
): Fields | null {
  const own = ownFields(extra);
  if (url === null) return own.type === undefined ? null : own;
  const place = { start_index: start ?? 0, end_index: end ?? textLength };
  return { type: "url_citation", ...own, ...place, url, title: title ?? url };
}
