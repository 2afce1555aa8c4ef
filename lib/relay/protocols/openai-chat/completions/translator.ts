import type { KnownLosses, Translator } from "../../translator";
import { chatTranslator } from "../neutral/translator";
import { readCompletion, readCompletionEvents } from "./read-completion";
import { readPrompt } from "./read-prompt";
import { writeCompletion, writeCompletionEvents } from "./write-completion";
import { writePrompt } from "./write-prompt";

const CREATE = "https://platform.openai.com/docs/api-reference/completions/create";

const CALL_LOSSES: KnownLosses = {
  "other-fields": {
    why: "A prompt is one text: tools, images and all but the plain settings are left out.",
    see: CREATE,
  },
  candidates: { why: "One text is asked for.", see: CREATE },
};

const ANSWER_LOSSES: KnownLosses = {
  citations: { why: "A text has no annotations.", see: CREATE },
  "other-fields": { why: "All that is not text is left out.", see: CREATE },
  thought: { why: "Thoughts have no field.", see: CREATE },
};

/** Legacy text completions: the prompt is one turn of the user, and the answer its text. */
export const completionsTranslator: Translator = {
  readCall: readPrompt,
  writeCall: writePrompt,
  readEvents: readCompletionEvents,
  writeEvents: writeCompletionEvents,
  readAnswer: readCompletion,
  writeAnswer: writeCompletion,
  readCount: chatTranslator.readCount,
  states: {
    call: [
      "candidates",
      "metadata",
      "other-fields",
      "penalties",
      "sampling",
      "seed",
      "stop-sequences",
    ],
    answer: ["logprobs", "other-fields"],
  },
  losses: { call: CALL_LOSSES, answer: ANSWER_LOSSES },
};
