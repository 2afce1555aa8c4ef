import { encode } from "../../stream/bytes";
import type { Protocol } from "../protocol";
import { geminiFailure, geminiFailureEvent } from "./failure";
import { geminiLastTurnText } from "./last-turn";
import { geminiMeter } from "./meter";
import { geminiModel, geminiModels } from "./models";
import { geminiTranslator } from "./neutral/translator";
import { readGeminiCall } from "./read-call";
import { geminiRestoreModel } from "./restore-model";

const COMMENT = encode(": keep-alive\n\n");

/**
 * The Gemini API, in which the model and the method are part of the address.
 * @see https://ai.google.dev/api/generate-content
 */
export const gemini: Protocol = {
  id: "gemini",
  translator: geminiTranslator,
  readCall: readGeminiCall,
  withModel: (body) => body,
  meter: (facts) => geminiMeter(facts),
  restoreModel: (facts) => geminiRestoreModel(facts),
  failure: geminiFailure,
  failureInBand: geminiFailureEvent,
  // Some clients skip an error element and take a clean end for the model's own.
  afterFailureInBand: "cut",
  keepAlive: (form) => (form === "sse" ? COMMENT : null),
  forwardedHeaders: ["accept", "user-agent", "x-goog-api-client"],
  countAnswer: (tokens) => ({ totalTokens: tokens }),
  modelsAnswer: geminiModels,
  modelAnswer: geminiModel,
  lastTurnText: (body) => geminiLastTurnText(body),
};
