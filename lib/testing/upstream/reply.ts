import type { BookUsage } from "./usage";

/** One event of a streamed answer, as it goes over the wire. */
export interface StreamEvent {
  text: string;
  /** Output tokens delivered once this event is written, all earlier ones included. */
  output: number;
  reasoning: number;
}

/** How fast and in which slices an answer is written. */
export interface Pace {
  firstMs: number;
  delayMs: number;
  chunkBytes: number | null;
}

export const AT_ONCE: Pace = { firstMs: 0, delayMs: 0, chunkBytes: null };

/** What a protocol answers to one request. Faults are played on it afterwards. */
export interface Reply {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** A body that is not streamed is one event. */
  events: readonly StreamEvent[];
  streamed: boolean;
  /** Tokens of the whole answer; null when nothing was generated. */
  usage: BookUsage | null;
  pace: Pace;
  /** The protocol's form of an error in the middle of this stream, after so many events. */
  errorEvent: (status: number, afterEvents: number) => string;
}

/** A reply that is one JSON text. */
export function wholeReply(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
  usage: BookUsage | null = null,
  pace: Pace = AT_ONCE,
): Reply {
  return {
    status,
    headers,
    events: [{ text: body, output: usage?.output ?? 0, reasoning: usage?.reasoning ?? 0 }],
    streamed: false,
    usage,
    pace,
    errorEvent: () => "",
  };
}
