import type { CallFacts, StreamForm } from "../../model";
import { jsonPaths, parseSpan, type Span, scanJson } from "../../stream/json-scan";
import { textOrNull, tokenCount } from "../json-fields";
import type { CallSource } from "../protocol";
import { sessionOfBeginning } from "../session";

// Google's JSON takes both spellings of every field.
const PATHS = jsonPaths(
  "generationConfig.maxOutputTokens",
  "generationConfig.max_output_tokens",
  "generation_config.max_output_tokens",
  "generation_config.maxOutputTokens",
  "session_id",
  "systemInstruction",
  "system_instruction",
  "contents",
);
const MAX_OUTPUT_PATHS = [
  "generationConfig.maxOutputTokens",
  "generationConfig.max_output_tokens",
  "generation_config.max_output_tokens",
  "generation_config.maxOutputTokens",
];
const MAX_SESSION_LENGTH = 200;

/** Facts of a Gemini call; model and form come from the address. Throws AppError("invalid_request"). */
export function readGeminiCall(source: CallSource): CallFacts {
  const { route, body, query } = source;
  const { face, protocol, action, method } = route;
  const model = route.model ?? "";
  if (action !== "generate" && action !== "count") {
    const none = { stream: null, session: null, maxOutputTokens: null, modelSpan: null };
    return { face, protocol, action, model, bodyBytes: 0, ...none };
  }
  const found = scanJson(body, PATHS);
  return {
    face,
    protocol,
    action,
    model,
    stream: formOf(method, query),
    session: sessionOf(source, found),
    maxOutputTokens: maxOutputOf(body, found),
    bodyBytes: body.length,
    modelSpan: null,
  };
}

function formOf(method: string, query: URLSearchParams): StreamForm | null {
  if (method !== "streamGenerateContent") return null;
  return query.get("alt") === "sse" ? "sse" : "array";
}

function sessionOf({ headers, body, sha256 }: CallSource, found: Map<string, Span>): string | null {
  const named = headers["x-session-id"] ?? textOrNull(parseSpan(body, found.get("session_id")));
  if (named) return named.slice(0, MAX_SESSION_LENGTH);
  const instructions = found.get("systemInstruction") ?? found.get("system_instruction");
  return sessionOfBeginning(body, instructions, found.get("contents"), sha256);
}

/** The largest of what the spellings state. */
function maxOutputOf(body: Uint8Array, found: Map<string, Span>): number | null {
  let most: number | null = null;
  for (const path of MAX_OUTPUT_PATHS) {
    const count = tokenCount(parseSpan(body, found.get(path)));
    if (count !== null && (most === null || count > most)) most = count;
  }
  return most;
}
