import type { DocumentBlock, ImageBlock, MediaSource } from "../../../neutral-blocks";
import { textOrNull } from "../../json-fields";
import { kept } from "./own-extra";
import { type Message, message, without } from "./proto-fields";

const DATA_FIELDS = new Set(["inlineData", "fileData", "thought"]);

/** Addresses that only Google opens, although they look like anybody's. */
const GOOGLES_OWN =
  /^https?:\/\/(([\w-]+\.)*youtube\.com|youtu\.be|generativelanguage\.googleapis\.com)\//i;

/** Google may ask for a type where other protocols name none. */
const MIME_BY_END: Readonly<Record<string, string>> = {
  gif: "image/gif",
  heic: "image/heic",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  mp3: "audio/mp3",
  wav: "audio/wav",
  mp4: "video/mp4",
  webm: "video/webm",
  pdf: "application/pdf",
  txt: "text/plain",
};

/** A part of media as the block that it is: an image, or a document for everything else. */
export function readMedia(part: Message): ImageBlock | DocumentBlock {
  const inline = message(part.inlineData);
  const source = part.inlineData ? inlineSource(inline) : fileSource(message(part.fileData));
  const rest = without(part, DATA_FIELDS);
  const name = textOrNull(inline.displayName ?? message(part.fileData).displayName);
  if (!isImage(source)) return { kind: "document", source, name, cache: null, ...kept(rest) };
  const extra = kept(name === null ? rest : { ...rest, displayName: name });
  return { kind: "image", source, detail: null, cache: null, ...extra };
}

function inlineSource({ mimeType, data }: Message): MediaSource {
  const mime = textOrNull(mimeType) ?? "application/octet-stream";
  return { kind: "data", mime, base64: textOrNull(data) ?? "" };
}

function fileSource({ fileUri, mimeType }: Message): MediaSource {
  const uri = textOrNull(fileUri) ?? "";
  const mime = textOrNull(mimeType);
  const isPublic = /^https?:/i.test(uri) && !GOOGLES_OWN.test(uri);
  if (isPublic) return { kind: "url", url: uri, mime };
  return { kind: "file", protocol: "gemini", id: uri, mime };
}

function isImage(source: MediaSource): boolean {
  const mime = source.kind === "url" ? (source.mime ?? mimeOfUrl(source.url)) : source.mime;
  return mime?.startsWith("image/") ?? false;
}

/**
 * Media as a part's data, `inlineData` or `fileData`; null for a file that only another provider can
 * open. A document that is plain text has no form of its own at Google and is not asked here.
 * @see https://ai.google.dev/gemini-api/docs/file-input-methods
 */
export function writeMedia(source: MediaSource): Message | null {
  switch (source.kind) {
    case "data":
      return { inlineData: { mimeType: source.mime, data: source.base64 } };
    case "url":
      return { fileData: fileData(source.url, source.mime ?? mimeOfUrl(source.url)) };
    case "file":
      return source.protocol === "gemini" ? { fileData: fileData(source.id, source.mime) } : null;
    case "text":
      return { text: source.text };
  }
}

function fileData(fileUri: string, mimeType: string | null): Message {
  return { fileUri, ...(mimeType === null ? {} : { mimeType }) };
}

function mimeOfUrl(url: string): string | null {
  const end = /\.(\w+)(?:[?#]|$)/.exec(url)?.[1]?.toLowerCase() ?? "";
  return MIME_BY_END[end] ?? null;
}
