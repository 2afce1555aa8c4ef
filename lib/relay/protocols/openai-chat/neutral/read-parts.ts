import type {
  Block,
  CacheHint,
  MediaSource,
  ResultContent,
  TextBlock,
} from "../../../neutral-blocks";
import { dataOf } from "../../data-url";
import { fields, textOrNull } from "../../json-fields";
import { type Fields, without } from "../../own-extra";
import { kept, ownExtra } from "./own-extra";

const PDF = "application/pdf";

/** A text without anything around it. */
export function plainText(text: string): TextBlock {
  return { kind: "text", text, citations: [], cache: null, signature: null };
}

/**
 * Parts of a message's content.
 * @see https://platform.openai.com/docs/api-reference/chat/create#chat-create-messages
 */
export function readParts(content: unknown): Block[] {
  if (typeof content === "string") return [plainText(content)];
  return Array.isArray(content) ? content.map(readPart) : [];
}

/** Content of a tool's message; servers of other makers take images in it. */
export function readResultContent(content: unknown): ResultContent[] {
  return readParts(content).flatMap((block): ResultContent[] => {
    if (block.kind === "text" || block.kind === "image" || block.kind === "document")
      return [block];
    return block.kind === "other" ? [plainText(JSON.stringify(block.extra.fields))] : [];
  });
}

/** Anthropic's mark of a cached prefix, which routers take in this format too. */
export function cacheOf({ cache_control }: Fields): CacheHint | null {
  const { type, ttl } = fields(cache_control);
  if (type !== "ephemeral") return null;
  return ttl === "1h" ? "1h" : "5m";
}

function readPart(given: unknown): Block {
  if (typeof given === "string") return plainText(given);
  const part = fields(given);
  const type = textOrNull(part.type) ?? "";
  const read = Object.hasOwn(READERS, type) ? READERS[type]?.(part) : null;
  return read ?? { kind: "other", name: type, extra: ownExtra(part) };
}

const READERS: Readonly<Record<string, (part: Fields) => Block | null>> = {
  text(part) {
    const text = textOrNull(part.text);
    if (text === null) return null;
    const rest = kept(without(part, "type", "text", "cache_control"));
    return { ...plainText(text), cache: cacheOf(part), ...rest };
  },
  refusal(part) {
    const text = textOrNull(part.refusal);
    return text === null ? null : { ...plainText(text), ...kept({ type: "refusal" }) };
  },
  image_url(part) {
    const { image_url } = part;
    const image = fields(image_url);
    const url = textOrNull(image_url) ?? textOrNull(image.url);
    if (url === null) return null;
    return {
      kind: "image",
      source: sourceOf(url),
      detail: textOrNull(image.detail),
      cache: cacheOf(part),
      ...kept(without(part, "type", "image_url", "cache_control")),
    };
  },
  file(part) {
    const file = fields(part.file);
    const source = fileSource(file);
    if (!source) return null;
    return {
      kind: "document",
      source,
      name: textOrNull(file.filename),
      cache: cacheOf(part),
      ...kept(without(part, "type", "file", "cache_control")),
    };
  },
};

function sourceOf(url: string): MediaSource {
  return dataOf(url) ?? { kind: "url", url, mime: null };
}

function fileSource({ file_data, file_id }: Fields): MediaSource | null {
  const data = textOrNull(file_data);
  const id = textOrNull(file_id);
  if (data === null) {
    return id === null ? null : { kind: "file", protocol: "openai-chat", id, mime: null };
  }
  if (/^(data:|https?:)/.test(data)) return sourceOf(data);
  // Bare base64 is taken too, for what most files are.
  return { kind: "data", mime: PDF, base64: data };
}
