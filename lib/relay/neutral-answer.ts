import type { Usage } from "./model";
import type {
  Citation,
  Extra,
  HostedCallBlock,
  HostedResultBlock,
  ImageBlock,
  OtherBlock,
  RedactedThinkingBlock,
  TextBlock,
  ThinkingBlock,
  ToolCallBlock,
} from "./neutral-blocks";

export type FinishReason =
  | "end"
  | "stop-sequence"
  | "length"
  | "tool-calls"
  /** Safety or policy. */
  | "refusal"
  /** A hosted tool's turn goes on in the next request (Anthropic's pause_turn). */
  | "pause"
  | "context-exceeded";

/** A block of an answer as it opens in a stream; what follows are its deltas. */
export type OpenBlock =
  | { kind: "text" }
  | { kind: "thinking"; extra?: Extra }
  | { kind: "tool-call"; id: string; name: string; extra?: Extra };

/** Blocks of an answer that arrive whole. */
export type WholeBlock =
  | ImageBlock
  | RedactedThinkingBlock
  | HostedCallBlock
  | HostedResultBlock
  | OtherBlock;

/**
 * Events of an answer. One block is open at a time: a reader closes it before it opens the next, and
 * holds back deltas of any other. `usage` comes as soon as the upstream states it, each time the whole
 * count so far. Exactly one `finish` or `fail` comes last; a stream that breaks off has neither.
 */
export type NeutralEvent =
  | { kind: "start"; id: string | null; model: string | null }
  | { kind: "open"; block: OpenBlock }
  /** Text, thoughts, or a piece of the tool input's JSON text, by the open block. */
  | { kind: "delta"; text: string }
  | { kind: "sign"; signature: string }
  | { kind: "cite"; citation: Citation }
  | { kind: "close" }
  | { kind: "whole"; block: WholeBlock }
  | { kind: "usage"; usage: Usage }
  | { kind: "finish"; reason: FinishReason; stopSequence: string | null; extra?: Extra }
  | { kind: "fail"; status: number; message: string };

/** An answer that is not streamed. */
export interface NeutralAnswer {
  id: string | null;
  model: string | null;
  blocks: readonly AnswerBlock[];
  finish: FinishReason;
  stopSequence: string | null;
  usage: Usage | null;
  extra?: Extra;
}

export type AnswerBlock = TextBlock | ThinkingBlock | ToolCallBlock | WholeBlock;
