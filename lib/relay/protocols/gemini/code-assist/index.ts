import type { Protocol } from "../../protocol";
import { gemini } from "../index";
import { geminiLastTurnText } from "../last-turn";
import { geminiMeter, meterPlaces } from "../meter";
import { geminiRestoreModel } from "../restore-model";
import { codeAssistWithModel, readCodeAssistCall } from "./read-call";
import { codeAssistTranslator } from "./translator";

const METERED = meterPlaces("response.");

/**
 * Gemini Code Assist (`v1internal`), which gemini-cli speaks for accounts that sign in with Google: the
 * Gemini API's messages, wrapped, with the model in the body and failures as there.
 * @see https://github.com/google-gemini/gemini-cli/blob/main/packages/core/src/code_assist/server.ts
 */
export const codeAssist: Protocol = {
  ...gemini,
  id: "code-assist",
  translator: codeAssistTranslator,
  readCall: readCodeAssistCall,
  withModel: codeAssistWithModel,
  meter: (facts) => geminiMeter(facts, METERED),
  restoreModel: (facts) => geminiRestoreModel(facts, METERED.model),
  lastTurnText: (body) => geminiLastTurnText(body, "request.contents"),
};
