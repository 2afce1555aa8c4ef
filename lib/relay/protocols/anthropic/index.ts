import { encode } from "../../stream/bytes";
import { spliceString } from "../../stream/splice";
import type { Protocol } from "../protocol";
import { anthropicFailure, anthropicFailureEvent } from "./failure";
import { anthropicLastTurnText } from "./last-turn";
import { anthropicMeter } from "./meter";
import { anthropicModel, anthropicModels } from "./models";
import { anthropicTranslator } from "./neutral/translator";
import { readAnthropicCall } from "./read-call";
import { anthropicRestoreModel } from "./restore-model";

const PING = encode('event: ping\ndata: {"type": "ping"}\n\n');

/**
 * The Messages API.
 * @see https://docs.anthropic.com/en/api/messages
 */
export const anthropic: Protocol = {
  id: "anthropic",
  translator: anthropicTranslator,
  readCall: readAnthropicCall,
  withModel(body, { modelSpan, model: asked }, model) {
    return modelSpan && model !== asked ? spliceString(body, modelSpan, model) : body;
  },
  meter: anthropicMeter,
  restoreModel: anthropicRestoreModel,
  failure: anthropicFailure,
  failureInBand: (error, _, context) => anthropicFailureEvent(error, context),
  afterFailureInBand: "end",
  keepAlive: () => PING,
  forwardedHeaders: [
    "accept",
    "anthropic-beta",
    "anthropic-version",
    "anthropic-dangerous-direct-browser-access",
    "user-agent",
    "x-app",
    "x-claude-code-*",
    "x-stainless-*",
  ],
  countAnswer: (tokens) => ({ input_tokens: tokens }),
  modelsAnswer: anthropicModels,
  modelAnswer: anthropicModel,
  lastTurnText: anthropicLastTurnText,
};
