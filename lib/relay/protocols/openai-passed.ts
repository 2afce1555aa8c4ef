import { spliceString } from "../stream/splice";
import { openaiFailure, openaiFailureChunk } from "./openai-failure";
import { OPENAI_HEADERS } from "./openai-headers";
import { openaiModel, openaiModels } from "./openai-models";
import { restoreTopModel } from "./openai-restore-model";
import type { Protocol } from "./protocol";

/** What the formats of OpenAI have in common that only pass through, and answer whole. */
export const OPENAI_PASSED: Omit<Protocol, "id" | "readCall" | "meter"> = {
  translator: null,
  withModel(body, { modelSpan, model: asked }, model) {
    return modelSpan && model !== asked ? spliceString(body, modelSpan, model) : body;
  },
  restoreModel: ({ model }) => restoreTopModel(model),
  failure: openaiFailure,
  failureInBand: (error, _, context) => openaiFailureChunk(error, context),
  afterFailureInBand: "end",
  forwardedHeaders: OPENAI_HEADERS,
  // None of them has a count of its own.
  countAnswer: (tokens) => ({ object: "response.input_tokens", input_tokens: tokens }),
  keepAlive: () => null,
  modelsAnswer: openaiModels,
  modelAnswer: openaiModel,
  // They carry no conversation that could lead back here.
  lastTurnText: () => null,
};
