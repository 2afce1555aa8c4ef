import { wholeMapper } from "../../frame-mapper";
import type { Protocol } from "../../protocol";
import { gemini } from "../index";
import { embeddingsMeter } from "./meter";
import { embeddingsWithModel, readEmbeddingsCall } from "./read-call";

/**
 * Embeddings of the Gemini API. They only pass through, to accounts that speak it; failures and lists
 * are those of the API.
 * @see https://ai.google.dev/api/embeddings
 */
export const geminiEmbeddings: Protocol = {
  ...gemini,
  id: "gemini-embeddings",
  translator: null,
  readCall: readEmbeddingsCall,
  withModel: embeddingsWithModel,
  meter: embeddingsMeter,
  // The answer names no model.
  restoreModel: () => wholeMapper((bytes) => bytes),
  keepAlive: () => null,
  lastTurnText: () => null,
};
