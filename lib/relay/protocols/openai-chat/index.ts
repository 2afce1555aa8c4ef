import { encode } from "../../stream/bytes";
import { openaiFailure, openaiFailureChunk } from "../openai-failure";
import { OPENAI_HEADERS } from "../openai-headers";
import { openaiModel, openaiModels } from "../openai-models";
import type { Protocol } from "../protocol";
import { askingForUsage } from "./ask-usage";
import { chatLastTurnText } from "./last-turn";
import { chatMeter } from "./meter";
import { chatTranslator } from "./neutral/translator";
import { readChatCall } from "./read-call";
import { chatRestoreModel } from "./restore-model";

const COMMENT = encode(": keep-alive\n\n");

/**
 * Chat Completions, by OpenAI and all who took it over.
 * @see https://platform.openai.com/docs/api-reference/chat
 */
export const openaiChat: Protocol = {
  id: "openai-chat",
  translator: chatTranslator,
  readCall: readChatCall,
  withModel: askingForUsage,
  meter: chatMeter,
  restoreModel: chatRestoreModel,
  changesAnswer: ({ usageUnasked }) => usageUnasked === true,
  failure: openaiFailure,
  failureInBand: (error, _, context) => openaiFailureChunk(error, context),
  // The official clients throw at a chunk with an error.
  afterFailureInBand: "end",
  keepAlive: () => COMMENT,
  forwardedHeaders: OPENAI_HEADERS,
  countAnswer: (tokens) => ({ object: "response.input_tokens", input_tokens: tokens }),
  modelsAnswer: openaiModels,
  modelAnswer: openaiModel,
  lastTurnText: chatLastTurnText,
};
