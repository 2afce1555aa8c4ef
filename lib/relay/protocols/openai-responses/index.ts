import { encode } from "../../stream/bytes";
import { spliceString } from "../../stream/splice";
import { openaiFailure } from "../openai-failure";
import { OPENAI_HEADERS } from "../openai-headers";
import { openaiModel, openaiModels } from "../openai-models";
import type { Protocol } from "../protocol";
import { responsesFailureEvents } from "./failure-event";
import { responsesLastTurnText } from "./last-turn";
import { responsesMeter } from "./meter";
import { responsesTranslator } from "./neutral/translator";
import { readResponsesCall } from "./read-call";
import { responsesRestoreModel } from "./restore-model";

const COMMENT = encode(": keep-alive\n\n");

/**
 * The Responses API.
 * @see https://platform.openai.com/docs/api-reference/responses
 */
export const openaiResponses: Protocol = {
  id: "openai-responses",
  translator: responsesTranslator,
  readCall: readResponsesCall,
  withModel(body, { modelSpan, model: asked }, model) {
    return modelSpan && model !== asked ? spliceString(body, modelSpan, model) : body;
  },
  meter: responsesMeter,
  restoreModel: responsesRestoreModel,
  failure: openaiFailure,
  failureInBand: (error, _, context) => responsesFailureEvents(error, context),
  afterFailureInBand: "end",
  keepAlive: () => COMMENT,
  forwardedHeaders: OPENAI_HEADERS,
  countAnswer: (tokens) => ({ object: "response.input_tokens", input_tokens: tokens }),
  modelsAnswer: openaiModels,
  modelAnswer: openaiModel,
  lastTurnText: responsesLastTurnText,
};
