import type { Translator } from "../../translator";
import { GEMINI_LOSSES, GEMINI_STATES } from "./known-losses";
import { readGeminiAnswer, readGeminiCount, readGeminiEvents } from "./read-answer";
import { readGeminiNeutral } from "./read-call";
import { writeGeminiAnswer } from "./write-answer";
import { writeGeminiCall } from "./write-call";
import { writeGeminiEvents } from "./write-events";

/**
 * The Gemini API in the neutral form and back.
 * @see https://ai.google.dev/api/generate-content
 */
export const geminiTranslator: Translator = {
  readCall: readGeminiNeutral,
  writeCall: writeGeminiCall,
  readEvents: (form) => readGeminiEvents(form),
  writeEvents: (facts) => writeGeminiEvents(facts),
  readAnswer: (body) => readGeminiAnswer(body),
  writeAnswer: (answer, facts) => writeGeminiAnswer(answer, facts),
  readCount: readGeminiCount,
  states: GEMINI_STATES,
  losses: GEMINI_LOSSES,
};
