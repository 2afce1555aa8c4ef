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
  const common = {
    face: route.face,
    protocol: route.protocol,
    action: route.action,
    model: route.model ?? "",
    modelSpan: null,
  } as const;
  if (route.action !== "generate" && route.action !== "count") {
    return { ...common, stream: null, session: null, maxOutputTokens: null, bodyBytes: 0 };
  }
  const found = scanJson(body, PATHS);
  return {
    ...common,
    stream: formOf(route.method, query),
    session: sessionOf(source, found),
    maxOutputTokens: largestOf(MAX_OUTPUT_PATHS.map((path) => parseSpan(body, found.get(path)))),
    bodyBytes: body.length,
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

function largestOf(values: readonly unknown[]): number | null {
  const counts = values.map(tokenCount).filter((count) => count !== null);
  return counts.length > 0 ? Math.max(...counts) : null;
}
