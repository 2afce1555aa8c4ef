import type { CallFacts } from "../../model";
import { jsonPaths, parseSpan, scanJson } from "../../stream/json-scan";
import { tokenCount } from "../json-fields";
import { factsWithoutCall, openaiModelOf } from "../openai-facts";
import { openaiSession } from "../openai-session";
import type { CallSource } from "../protocol";

const PATHS = jsonPaths(
  "model",
  "stream",
  "max_output_tokens",
  "instructions",
  "input",
  "prompt_cache_key",
);

/** Facts of a Responses call by a byte scan. Throws AppError("invalid_request"). */
export function readResponsesCall(source: CallSource): CallFacts {
  const { route, body } = source;
  const { face, protocol, action } = route;
  if (action !== "generate" && action !== "count") return factsWithoutCall(route);
  const found = scanJson(body, PATHS);
  const streams = action === "generate" && parseSpan(body, found.get("stream")) === true;
  return {
    face,
    protocol,
    action,
    ...openaiModelOf(body, found),
    stream: streams ? "sse" : null,
    session: openaiSession(source, found, "input", "instructions"),
    maxOutputTokens: tokenCount(parseSpan(body, found.get("max_output_tokens"))),
    bodyBytes: body.length,
  };
}
