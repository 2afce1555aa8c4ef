import type { MediaSource } from "../neutral-blocks";

type Data = Extract<MediaSource, { kind: "data" }>;

const DATA_URL = /^data:([^;,]*)[^,]*;base64,/;

/** A data URL as what it holds; null when it is none. */
export function dataOf(url: string): Data | null {
  const head = DATA_URL.exec(url);
  if (!head) return null;
  return { kind: "data", mime: head[1] ?? "", base64: url.slice(head[0].length) };
}

/** Data of one MIME type as a data URL. */
export function dataUrl({ mime, base64 }: Data): string {
  return `data:${mime};base64,${standardBase64(base64)}`;
}

/**
 * Base64 in its standard alphabet: Google takes the one for addresses too, others do not.
 * @see https://protobuf.dev/programming-guides/json/
 */
export function standardBase64(base64: string): string {
  if (!/[-_]/.test(base64)) return base64;
  const standard = base64.replaceAll("-", "+").replaceAll("_", "/");
  return standard.padEnd(Math.ceil(standard.length / 4) * 4, "=");
}

/** The type of sound and video, which OpenAI's APIs take as no kind of file; null for anything else. */
export function recordingMime(source: MediaSource): string | null {
  return source.kind === "data" && /^(audio|video)\//.test(source.mime) ? source.mime : null;
}
