import { AppError } from "../../shared/errors";
import { refusalsOf } from "../capabilities/read-refusal";
import { fields, parseJson, textOrNull } from "../protocols/json-fields";
import type { Provider } from "../providers/provider";
import { concat, decode } from "../stream/bytes";
import { evidenceOf } from "./evidence";
import type { Receiver, ReceiverTools } from "./receiver";

/** More of a failed answer than this is neither read nor passed on. */
const MAX_FAILURE_BYTES = 256 * 1024;
const MAX_DIAGNOSED_CHARS = 64 * 1024;
const MAX_SENTENCE = 2_000;

interface FailedHead {
  status: number;
  headers: Readonly<Record<string, string>>;
}

/** Reads a failed answer and has the provider name it. */
export function receiveFailure(
  tools: ReceiverTools,
  head: FailedHead,
  provider: Provider,
  sentModel: string,
): Receiver {
  const parts: Uint8Array[] = [];
  let size = 0;
  const finish = () => {
    const bytes = concat(parts);
    const body = decode(bytes).slice(0, MAX_DIAGNOSED_CHARS);
    const named = provider.diagnose({ ...head, body, model: sentModel });
    const error = withBody(
      withWaitingTime(named, tools.call.ports.clock.nowMs()),
      head,
      bytes,
      body,
      tools.passage.translation !== null,
    );
    const isRefusal = error.code === "upstream_refused";
    const refusals = isRefusal
      ? refusalsOf({ status: head.status, body }, tools.passage.spoken.id)
      : undefined;
    const evidence = evidenceOf(body);
    tools.done({ outcome: "failed", error, meter: null, evidence, refusals });
  };
  return {
    onData(chunk) {
      parts.push(chunk);
      size += chunk.length;
      if (size > MAX_FAILURE_BYTES) {
        tools.upstream().abort();
        finish();
      }
      return true;
    },
    onEnd: finish,
    // The status is known: a body that breaks off changes nothing about what it means.
    onError: finish,
    onLeave() {
      tools.upstream().abort();
      finish();
    },
  };
}

/** Clients wait by `retry-after`: a stated moment of reset is turned into seconds. */
export function withWaitingTime(error: AppError, nowMs: number): AppError {
  const { resetAtMs, retryAfterSeconds } = error.detail;
  if (resetAtMs === undefined || retryAfterSeconds !== undefined) return error;
  const seconds = Math.max(Math.ceil((resetAtMs - nowMs) / 1000), 1);
  const detail = { ...error.detail, retryAfterSeconds: seconds };
  return new AppError(error.code, error.message, detail, error.cause);
}

/** What an upstream says about the request itself is the caller's to read, if it is JSON. */
function withBody(
  error: AppError,
  head: FailedHead,
  bytes: Uint8Array,
  body: string,
  translated: boolean,
): AppError {
  if (translated) return withSentence(error, body);
  const contentType = head.headers["content-type"] ?? "";
  const passes = error.code === "upstream_refused" && contentType.includes("json");
  if (!passes || !isErrorObject(body)) return error;
  const detail = { ...error.detail, body: { contentType, bytes } };
  return new AppError(error.code, error.message, detail, error.cause);
}

/** In another format the envelope is of no use, but its sentence is. */
function withSentence(error: AppError, body: string): AppError {
  if (error.code !== "upstream_refused") return error;
  const parsed = parseJson(body);
  const [first] = Array.isArray(parsed) ? parsed : [parsed];
  const message = textOrNull(fields(fields(first).error).message);
  if (!message) return error;
  return new AppError(error.code, message.slice(0, MAX_SENTENCE), error.detail, error.cause);
}

function isErrorObject(body: string): boolean {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === "object" && parsed !== null && "error" in parsed;
  } catch {
    return false;
  }
}
