import type { MediaSource } from "../../../neutral-blocks";
import { decode } from "../../../stream/bytes";
import { standardBase64 } from "../../data-url";
import { fields, textOrNull } from "../../json-fields";
import type { Lose } from "../../loss-list";
import { isObject, type Json, listOf } from "./wire";

type ReadSource = (source: Json) => MediaSource | null;

/** @see https://docs.claude.com/en/docs/build-with-claude/vision and …/pdf-support */
const READERS: ReadonlyMap<unknown, ReadSource> = new Map(
  Object.entries<ReadSource>({
    base64: ({ media_type, data }) => ({
      kind: "data",
      mime: textOrNull(media_type) ?? "application/octet-stream",
      base64: textOrNull(data) ?? "",
    }),
    url: ({ url }) => ({ kind: "url", url: textOrNull(url) ?? "", mime: null }),
    file: ({ file_id }) => ({
      kind: "file",
      protocol: "anthropic",
      id: textOrNull(file_id) ?? "",
      mime: null,
    }),
    text: ({ media_type, data }) => ({
      kind: "text",
      text: textOrNull(data) ?? "",
      mime: textOrNull(media_type) ?? "text/plain",
    }),
  }),
);

/** Where an image or a document comes from; null for a source of an unknown type. */
export function readSource(value: unknown): MediaSource | null {
  const source = fields(value);
  const read = READERS.get(source.type);
  return read ? read(source) : null;
}

/** Texts of a document whose source is a list of blocks; `search_result` has the same. */
export function textOfContent(content: unknown): string {
  if (typeof content === "string") return content;
  const texts = listOf(content).filter(isObject);
  return texts.map(({ text }) => textOrNull(text) ?? "").join("\n");
}

const IMAGE_MIMES = new Set(["image/jpeg", "image/png", "image/gif", "image/webp"]);

/** Source of an image; null, with its loss, for what Anthropic cannot open. */
export function writeImageSource(source: MediaSource, lose: Lose): Json | null {
  if (source.kind === "url") return writeUrl(source.url, () => lose("image-form", "plain http"));
  if (source.kind === "file") return writeFile(source, lose);
  if (source.kind === "data" && IMAGE_MIMES.has(source.mime)) {
    return { type: "base64", media_type: source.mime, data: standardBase64(source.base64) };
  }
  lose("image-form", source.mime);
  return null;
}

/** Source of a document; null, with its loss, for what Anthropic cannot open. */
export function writeDocumentSource(source: MediaSource, lose: Lose): Json | null {
  if (source.kind === "url") return writeUrl(source.url, () => lose("document-form", "plain http"));
  if (source.kind === "file") return writeFile(source, lose);
  if (source.kind === "text") return plainText(source.text);
  if (source.mime === "application/pdf") {
    return { type: "base64", media_type: source.mime, data: standardBase64(source.base64) };
  }
  if (isText(source.mime)) return plainText(decode(Buffer.from(source.base64, "base64")));
  lose("document-form", source.mime);
  return null;
}

/** Anthropic fetches from encrypted addresses only. */
function writeUrl(url: string, refuse: () => void): Json | null {
  if (/^https:/i.test(url)) return { type: "url", url };
  refuse();
  return null;
}

function writeFile({ protocol, id }: MediaSource & { kind: "file" }, lose: Lose): Json | null {
  if (protocol === "anthropic") return { type: "file", file_id: id };
  lose("file-reference", "file");
  return null;
}

/** `text/plain` is the only type that the API takes. */
function plainText(text: string): Json {
  return { type: "text", media_type: "text/plain", data: text };
}

function isText(mime: string): boolean {
  return mime.startsWith("text/") || /^application\/(?:json|xml|yaml|x-yaml|javascript)/.test(mime);
}
