import type { CallFacts } from "../../model";
import { type JsonPaths, jsonPaths, parseSpan, scanJson } from "../../stream/json-scan";
import { tokenCount } from "../json-fields";
import { factsWithoutCall, openaiModelOf } from "../openai-facts";
import { openaiSession } from "../openai-session";
import type { CallSource } from "../protocol";

const FIELDS = ["model", "stream", "stream_options", "max_tokens", "max_completion_tokens"];
const CHAT = jsonPaths(...FIELDS, "prompt_cache_key", "messages");
const COMPLETIONS = jsonPaths(...FIELDS, "prompt_cache_key", "prompt");

/** Facts of a call of chat completions by a byte scan. Throws AppError("invalid_request"). */
export function readChatCall(source: CallSource): CallFacts {
  return readFacts(source, CHAT, "messages");
}

/** The same for text completions. */
export function readCompletionsCall(source: CallSource): CallFacts {
  return readFacts(source, COMPLETIONS, "prompt");
}

function readFacts(source: CallSource, paths: JsonPaths, turns: string): CallFacts {
  const { route, body } = source;
  const { face, protocol, action } = route;
  if (action !== "generate" && action !== "count") return factsWithoutCall(route);
  const found = scanJson(body, paths);
  const read = (name: string) => parseSpan(body, found.get(name));
  const stream = action === "generate" && read("stream") === true;
  return {
    face,
    protocol,
    action,
    ...openaiModelOf(body, found),
    stream: stream ? "sse" : null,
    session: openaiSession(source, found, turns),
    maxOutputTokens: tokenCount(read("max_completion_tokens")) ?? tokenCount(read("max_tokens")),
    bodyBytes: body.length,
    ...(stream && !found.has("stream_options") ? { usageUnasked: true } : {}),
  };
}
