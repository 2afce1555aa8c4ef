/** A call of one of the caller's tools. */
export interface AnswerCall {
  kind: "call";
  name: string;
  args: Readonly<Record<string, unknown>>;
  /** What a tool without arguments is called with. */
  input?: string;
  namespace?: string;
}

/** One block of an answer, before a protocol writes it. */
export type AnswerBlock =
  | { kind: "thinking"; text: string }
  | { kind: "redacted-thinking"; tokens: number }
  | { kind: "text"; text: string }
  | AnswerCall
  | { kind: "search"; query: string; results: readonly SearchResult[] };

export interface SearchResult {
  url: string;
  title: string;
}

/** Why the answer ends. */
export type AnswerStop =
  | "end"
  | "calls"
  | "length"
  | "stop-sequence"
  | "refusal"
  | "content-filter"
  | "malformed-call"
  | "prompt-blocked"
  | "no-content";

/** What the model says. A pure function of the conversation and the directions. */
export interface Answer {
  blocks: readonly AnswerBlock[];
  stop: AnswerStop;
  /** The stop sequence that was met. */
  stopSequence: string | null;
  /** Tokens per stream event. */
  eventTokens: number;
  delayMs: number;
  firstMs: number;
  chunkBytes: number | null;
}
