import type { Face } from "./call";

/** Output tokens of the text that a body carries, complete events only; four characters are one. */
export function readTokens(face: Face, body: Buffer): number {
  const text = events(body).map(TEXT_OF[face]).join("");
  return Math.ceil(text.length / 4);
}

/** Does the body hold the protocol's own last event? */
export function sawEnd(face: Face, body: Buffer): boolean {
  return events(body).some(IS_LAST[face]);
}

/** Does the body hold the protocol's error event? */
export function sawError(body: Buffer): boolean {
  return events(body).some((event) => event.error !== undefined);
}

/** The fields that the two protocols' events are read for. */
interface WireEvent {
  type?: string;
  error?: unknown;
  delta?: { text?: string };
  candidates?: { finishReason?: string; content?: { parts?: { text?: string }[] } }[];
}

const TEXT_OF: Readonly<Record<Face, (event: WireEvent) => string>> = {
  anthropic: ({ delta }) => delta?.text ?? "",
  gemini: ({ candidates }) =>
    (candidates?.[0]?.content?.parts ?? []).map((part) => part.text ?? "").join(""),
};

const IS_LAST: Readonly<Record<Face, (event: WireEvent) => boolean>> = {
  anthropic: ({ type }) => type === "message_stop",
  gemini: ({ candidates }) => candidates?.[0]?.finishReason !== undefined,
};

function events(body: Buffer): WireEvent[] {
  const text = body.toString("utf8");
  // What follows the last line break is an event that was cut.
  const lines = text.slice(0, text.lastIndexOf("\n") + 1).split(/\r?\n/);
  return lines.flatMap((line) => (line.startsWith("data: ") ? parsed(line.slice(6)) : []));
}

function parsed(json: string): WireEvent[] {
  try {
    return [JSON.parse(json) as WireEvent];
  } catch {
    return [];
  }
}
