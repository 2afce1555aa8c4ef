import type { FinishReason } from "../../../neutral-answer";

/** @see https://docs.claude.com/en/docs/build-with-claude/handling-stop-reasons */
const FINISHES: ReadonlyMap<unknown, FinishReason> = new Map(
  Object.entries<FinishReason>({
    end_turn: "end",
    stop_sequence: "stop-sequence",
    max_tokens: "length",
    tool_use: "tool-calls",
    refusal: "refusal",
    pause_turn: "pause",
    model_context_window_exceeded: "context-exceeded",
  }),
);

/** Why an answer ended; a reason of tomorrow, or none, is a plain end. */
export function finishOf(stopReason: unknown): FinishReason {
  return FINISHES.get(stopReason) ?? "end";
}

/** A reason that has no neutral word, to be written back. */
export function unknownReason(stopReason: unknown): { stop_reason?: string } {
  if (typeof stopReason !== "string" || FINISHES.has(stopReason)) return {};
  return { stop_reason: stopReason };
}

/** Anthropic's word for why an answer ended. */
export const STOP_REASONS: Readonly<Record<FinishReason, string>> = {
  end: "end_turn",
  "stop-sequence": "stop_sequence",
  length: "max_tokens",
  "tool-calls": "tool_use",
  refusal: "refusal",
  pause: "pause_turn",
  "context-exceeded": "model_context_window_exceeded",
};
