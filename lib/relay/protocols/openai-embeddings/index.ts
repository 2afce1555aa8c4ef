import type { CallFacts } from "../../model";
import { jsonPaths, scanJson } from "../../stream/json-scan";
import { factsWithoutCall, openaiModelOf } from "../openai-facts";
import { OPENAI_PASSED } from "../openai-passed";
import { readChatUsage } from "../openai-usage";
import { openaiWholeMeter } from "../openai-whole-meter";
import type { CallSource, Protocol } from "../protocol";

const PATHS = jsonPaths("model");

/**
 * Embeddings, which only pass through.
 * @see https://platform.openai.com/docs/api-reference/embeddings
 */
export const openaiEmbeddings: Protocol = {
  ...OPENAI_PASSED,
  id: "openai-embeddings",
  readCall,
  meter: () => openaiWholeMeter(readChatUsage),
};

function readCall({ route, body }: CallSource): CallFacts {
  const { face, protocol, action } = route;
  if (action !== "generate" && action !== "count") return factsWithoutCall(route);
  const { model, modelSpan } = openaiModelOf(body, scanJson(body, PATHS));
  // There is no output, so nothing has to be reserved for one.
  const none = { stream: null, session: null, maxOutputTokens: 0 };
  return { face, protocol, action, model, modelSpan, ...none, bodyBytes: body.length };
}
