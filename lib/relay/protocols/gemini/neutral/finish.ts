import type { FinishReason } from "../../../neutral-answer";

/** What an answer's end means: a reason, or a failure in a sentence. */
type Ending = FinishReason | { sentence: string };

const MALFORMED = "The model's tool call could not be read";
const UNEXPECTED = "The model called a tool that it was not given";
const MANY = "The model called too many tools in a row";
const UNKNOWN = "The model stopped for a reason that Google does not name";
const UNSIGNED = "A tool call of the history lacks its thought signature";
const NO_IMAGE = "The model made no image";

/** @see https://ai.google.dev/api/generate-content#FinishReason */
const ENDINGS: Readonly<Record<string, Ending>> = {
  STOP: "end",
  MAX_TOKENS: "length",
  CONTINUATION: "length",
  SAFETY: "refusal",
  RECITATION: "refusal",
  LANGUAGE: "refusal",
  BLOCKLIST: "refusal",
  PROHIBITED_CONTENT: "refusal",
  SPII: "refusal",
  MODEL_ARMOR: "refusal",
  IMAGE_SAFETY: "refusal",
  IMAGE_PROHIBITED_CONTENT: "refusal",
  IMAGE_RECITATION: "refusal",
  MALFORMED_FUNCTION_CALL: { sentence: MALFORMED },
  MALFORMED_RESPONSE: { sentence: "The model's answer was malformed" },
  UNEXPECTED_TOOL_CALL: { sentence: UNEXPECTED },
  TOO_MANY_TOOL_CALLS: { sentence: MANY },
  MISSING_THOUGHT_SIGNATURE: { sentence: UNSIGNED },
  IMAGE_OTHER: { sentence: NO_IMAGE },
  NO_IMAGE: { sentence: NO_IMAGE },
  OTHER: { sentence: UNKNOWN },
};

/** Meaning of a finishReason; words that nobody knows yet are a plain end. */
export function endingOf(word: string): FinishReason | { failure: string } {
  const ending = ENDINGS[word] ?? "end";
  return typeof ending === "string" ? ending : { failure: `${ending.sentence} (${word}).` };
}

const WORDS: Readonly<Record<FinishReason, string>> = {
  end: "STOP",
  "stop-sequence": "STOP",
  "tool-calls": "STOP",
  pause: "STOP",
  length: "MAX_TOKENS",
  "context-exceeded": "MAX_TOKENS",
  refusal: "SAFETY",
};

/** The finishReason for an end. */
export function wordOf(reason: FinishReason): string {
  return WORDS[reason];
}
