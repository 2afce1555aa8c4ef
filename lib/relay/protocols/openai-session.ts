import { elementSpans, jsonPaths, parseSpan, type Span, scanJson } from "../stream/json-scan";
import { textOrNull } from "./json-fields";
import type { CallSource } from "./protocol";
import { sessionOfSpans } from "./session";

const HEADERS = ["session_id", "session-id", "x-session-id", "conversation_id"];
const MAX_SESSION_LENGTH = 200;
const ROLE = jsonPaths("role");
const QUOTE = 0x22;
const NO_USER = ["system", "developer"];
/** Instructions are a few messages at most. */
const MOST_INSTRUCTIONS = 16;

/**
 * Session of an OpenAI call: the one that the client names, else a hash of how its conversation begins.
 * `turns` is the name of the field that holds it, `instructions` of one that stands before it; the scan
 * must have looked for both and for `prompt_cache_key`. null when there is no conversation.
 */
export function openaiSession(
  { headers, body, sha256 }: Pick<CallSource, "headers" | "body" | "sha256">,
  found: ReadonlyMap<string, Span>,
  turns: string,
  instructions?: string,
): string | null {
  const header = HEADERS.map((name) => headers[name]).find(Boolean);
  const named = header ?? textOrNull(parseSpan(body, found.get("prompt_cache_key")));
  if (named) return named.slice(0, MAX_SESSION_LENGTH);
  const span = found.get(turns);
  if (!span) return null;
  const before = instructions === undefined ? undefined : found.get(instructions);
  const beginning = beginningOf(body, span);
  return beginning.length > 0 ? sessionOfSpans(body, [before, ...beginning], sha256) : null;
}

/** All messages up to the first that is the user's; a text is its own beginning. */
function beginningOf(body: Uint8Array, turns: Span): Span[] {
  if (body[turns.start] === QUOTE) return [turns];
  const spans = elementSpans(body, turns, MOST_INSTRUCTIONS);
  const user = spans.findIndex((span) => !NO_USER.includes(roleOf(body, span)));
  return user < 0 ? spans : spans.slice(0, user + 1);
}

function roleOf(body: Uint8Array, span: Span): string {
  const bytes = body.subarray(span.start, span.end);
  try {
    return textOrNull(parseSpan(bytes, scanJson(bytes, ROLE).get("role"))) ?? "";
  } catch {
    // A turn may be a bare text.
    return "";
  }
}
