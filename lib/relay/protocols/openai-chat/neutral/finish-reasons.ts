import type { FinishReason } from "../../../neutral-answer";
import { textOrNull } from "../../json-fields";

const READ: Readonly<Record<string, FinishReason>> = {
  stop: "end",
  length: "length",
  tool_calls: "tool-calls",
  function_call: "tool-calls",
  content_filter: "refusal",
  // Of servers of other makers.
  model_length: "length",
  max_tokens: "length",
  tool_use: "tool-calls",
  sensitive: "refusal",
  safety: "refusal",
  model_context_window_exceeded: "context-exceeded",
};

/** What an answer holds besides its reason to end. */
interface Ended {
  called: boolean;
  refused: boolean;
}

/**
 * Why an answer ended. Where a tool was to be called by name, and at some servers always, calls end with
 * "stop".
 * @see https://platform.openai.com/docs/api-reference/chat/object
 */
export function readFinish(stated: unknown, { called, refused }: Ended): FinishReason {
  const reason = READ[(textOrNull(stated) ?? "").toLowerCase()] ?? "end";
  if (reason !== "end") return reason;
  if (called) return "tool-calls";
  return refused ? "refusal" : "end";
}

const WRITTEN: Readonly<Record<FinishReason, string>> = {
  end: "stop",
  "stop-sequence": "stop",
  length: "length",
  "tool-calls": "tool_calls",
  refusal: "content_filter",
  pause: "stop",
  "context-exceeded": "length",
};

/** The same in this protocol's words; `older` for a caller that knows no `tool_calls`. */
export function writeFinish(reason: FinishReason, older: boolean): string {
  return reason === "tool-calls" && older ? "function_call" : WRITTEN[reason];
}
