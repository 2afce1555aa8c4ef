import { AppError } from "../../../shared/errors";
import type { CallFacts } from "../../model";
import { jsonPaths, parseSpan, type Span, scanJson } from "../../stream/json-scan";
import { fields, parseJson, textOrNull, tokenCount } from "../json-fields";
import type { CallSource } from "../protocol";
import { sessionOfBeginning } from "../session";

const PATHS = jsonPaths("model", "stream", "max_tokens", "metadata.user_id", "system", "messages");
const MAX_MODEL_LENGTH = 200;
const MAX_SESSION_LENGTH = 200;

/** Facts of a Messages call by a byte scan. Throws AppError("invalid_request"). */
export function readAnthropicCall(source: CallSource): CallFacts {
  const { route, body } = source;
  const { face, protocol, action } = route;
  if (action !== "generate" && action !== "count") return noCall(route);
  const found = scanJson(body, PATHS);
  const modelSpan = found.get("model");
  const model = textOrNull(parseSpan(body, modelSpan));
  if (!modelSpan || model === null || model === "" || model.length > MAX_MODEL_LENGTH) {
    throw new AppError("invalid_request", "model: a name is required.");
  }
  return {
    face,
    protocol,
    action,
    model,
    stream: action === "generate" && isTrue(body, found.get("stream")) ? "sse" : null,
    session: sessionOf(source, found),
    maxOutputTokens: tokenCount(parseSpan(body, found.get("max_tokens"))),
    bodyBytes: body.length,
    modelSpan,
  };
}

/** Lists and probes carry no call. */
function noCall({ face, protocol, action, model }: CallSource["route"]): CallFacts {
  const none = { stream: null, session: null, maxOutputTokens: null, modelSpan: null };
  return { face, protocol, action, model: model ?? "", bodyBytes: 0, ...none };
}

function isTrue(body: Uint8Array, span: Span | undefined): boolean {
  return parseSpan(body, span) === true;
}

function sessionOf({ headers, body, sha256 }: CallSource, found: Map<string, Span>): string | null {
  const named =
    headers["x-claude-code-session-id"] ??
    sessionInUserId(textOrNull(parseSpan(body, found.get("metadata.user_id"))));
  if (named) return named.slice(0, MAX_SESSION_LENGTH);
  return sessionOfBeginning(body, found.get("system"), found.get("messages"), sha256);
}

/** Claude Code 2.1 puts JSON into `user_id`; older versions `user_…_account_…_session_<uuid>`. */
function sessionInUserId(userId: string | null): string | null {
  if (!userId) return null;
  if (userId.startsWith("{")) return textOrNull(fields(parseJson(userId)).session_id);
  const mark = "_session_";
  const at = userId.lastIndexOf(mark);
  return at < 0 ? null : userId.slice(at + mark.length) || null;
}
