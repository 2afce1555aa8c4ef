import type { CallFacts } from "../../model";
import { jsonPaths, scanJson } from "../../stream/json-scan";
import { factsWithoutCall, openaiModelOf } from "../openai-facts";
import { OPENAI_PASSED } from "../openai-passed";
import { openaiSession } from "../openai-session";
import { readResponsesUsage } from "../openai-usage";
import { openaiWholeMeter } from "../openai-whole-meter";
import type { CallSource, Protocol } from "../protocol";

const PATHS = jsonPaths("model", "instructions", "input", "prompt_cache_key");

/**
 * Compaction of a conversation, which only passes through: its answer is encrypted.
 * @see https://platform.openai.com/docs/api-reference/responses/compact
 */
export const openaiCompact: Protocol = {
  ...OPENAI_PASSED,
  id: "openai-compact",
  readCall,
  meter: () => openaiWholeMeter(readResponsesUsage),
};

function readCall(source: CallSource): CallFacts {
  const { route, body } = source;
  const { face, protocol, action } = route;
  if (action !== "generate" && action !== "count") return factsWithoutCall(route);
  const found = scanJson(body, PATHS);
  return {
    face,
    protocol,
    action,
    ...openaiModelOf(body, found),
    stream: null,
    session: openaiSession(source, found, "input", "instructions"),
    maxOutputTokens: null,
    bodyBytes: body.length,
  };
}
