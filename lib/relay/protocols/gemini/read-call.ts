import type { CallFacts, StreamForm } from "../../model";
import { jsonPaths, parseSpan, type Span, scanJson } from "../../stream/json-scan";
import { textOrNull, tokenCount } from "../json-fields";
import type { CallSource } from "../protocol";
import { sessionOfBeginning } from "../session";

const MAX_SESSION_LENGTH = 200;

/** The fields that a call's facts are read from. */
const FIELDS = fieldPaths("");

/** Where the facts of a call lie; `root` is what is written before each of its fields' names. */
export function fieldPaths(root: string) {
  const below = (...names: readonly string[]) => names.map((name) => `${root}${name}`);
  // Google's JSON takes both spellings of every field.
  const maxOutput = below(
    "generationConfig.maxOutputTokens",
    "generationConfig.max_output_tokens",
    "generation_config.max_output_tokens",
    "generation_config.maxOutputTokens",
  );
  const session = `${root}session_id`;
  const instructions = below("systemInstruction", "system_instruction");
  const contents = `${root}contents`;
  return { maxOutput, session, instructions, contents };
}

type FieldPaths = ReturnType<typeof fieldPaths>;

/** All of them, to be scanned for at once. */
export function allPaths({ maxOutput, session, instructions, contents }: FieldPaths): string[] {
  return [...maxOutput, session, ...instructions, contents];
}

const PATHS = jsonPaths(...allPaths(FIELDS));

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
    session: sessionOf(source, found, FIELDS),
    maxOutputTokens: maxOutputOf(body, found, FIELDS),
    bodyBytes: body.length,
    modelSpan: null,
  };
}

/** The form that the method and the query ask for. */
export function formOf(method: string, query: URLSearchParams): StreamForm | null {
  if (method !== "streamGenerateContent") return null;
  return query.get("alt") === "sse" ? "sse" : "array";
}

/** The session that the caller names, else a hash of how the conversation begins. */
export function sessionOf(
  { headers, body, sha256 }: CallSource,
  found: Map<string, Span>,
  { session, instructions, contents }: FieldPaths,
): string | null {
  const named = headers["x-session-id"] ?? textOrNull(parseSpan(body, found.get(session)));
  if (named) return named.slice(0, MAX_SESSION_LENGTH);
  const system = instructions.map((path) => found.get(path)).find(Boolean);
  return sessionOfBeginning(body, system, found.get(contents), sha256);
}

/** The largest of what the spellings state. */
export function maxOutputOf(
  body: Uint8Array,
  found: Map<string, Span>,
  { maxOutput }: FieldPaths,
): number | null {
  let most: number | null = null;
  for (const path of maxOutput) {
    const count = tokenCount(parseSpan(body, found.get(path)));
    if (count !== null && (most === null || count > most)) most = count;
  }
  return most;
}
