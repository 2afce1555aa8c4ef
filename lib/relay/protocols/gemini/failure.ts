import type { AppError, FailureCode } from "../../../shared/errors";
import type { StreamForm } from "../../model";
import { encode } from "../../stream/bytes";
import { failureHeaders, failureSentence } from "../failure-headers";
import type { FailureContext, RenderedFailure } from "../protocol";

/** @see https://cloud.google.com/apis/design/errors#handling_errors */
const STATUS_WORDS: Record<FailureCode, string> = {
  invalid_request: "INVALID_ARGUMENT",
  unauthenticated: "UNAUTHENTICATED",
  forbidden: "PERMISSION_DENIED",
  not_found: "NOT_FOUND",
  conflict: "ABORTED",
  too_large: "INVALID_ARGUMENT",
  loop_detected: "FAILED_PRECONDITION",
  limit_reached: "RESOURCE_EXHAUSTED",
  budget_exhausted: "FAILED_PRECONDITION",
  upstream_refused: "INVALID_ARGUMENT",
  upstream_lacks_model: "NOT_FOUND",
  upstream_denied: "UNAVAILABLE",
  upstream_limited: "RESOURCE_EXHAUSTED",
  upstream_busy: "UNAVAILABLE",
  upstream_broken: "UNAVAILABLE",
  upstream_silent: "DEADLINE_EXCEEDED",
  no_account: "UNAVAILABLE",
  unavailable: "UNAVAILABLE",
  client_left: "CANCELLED",
  internal: "INTERNAL",
};

const TYPE_ROOT = "type.googleapis.com/google.rpc";

/** A failure as a Google client expects it; an upstream's own refusal keeps its body. */
export function geminiFailure(error: AppError, context: FailureContext): RenderedFailure {
  const { status, detail } = error;
  if (error.code === "upstream_refused" && detail.body) {
    const headers = failureHeaders(error, context, detail.body.contentType);
    return { status, headers, body: detail.body.bytes };
  }
  const headers = failureHeaders(error, context, "application/json; charset=UTF-8");
  return { status, headers, body: encode(JSON.stringify(envelope(error, context))) };
}

/** The same envelope inside a stream that has begun: an event, or the array's last element. */
export function geminiFailureEvent(
  error: AppError,
  form: StreamForm,
  context: FailureContext,
): Uint8Array {
  const json = JSON.stringify(envelope(error, context));
  return encode(form === "sse" ? `data: ${json}\n\n` : `,\n${json}\n]`);
}

function envelope(error: AppError, context: FailureContext) {
  const word = error.status === 429 ? "RESOURCE_EXHAUSTED" : STATUS_WORDS[error.code];
  const message = failureSentence(error, context);
  return { error: { code: error.status, message, status: word, details: details(error, context) } };
}

/** Google's clients take the waiting time from RetryInfo and not from the header. */
function details({ code, detail }: AppError, context: FailureContext) {
  const metadata: Record<string, string> = { requestId: context.requestId };
  if (context.storyUrl) metadata.story = context.storyUrl;
  const reason = code.toUpperCase();
  const cause = { "@type": `${TYPE_ROOT}.ErrorInfo`, reason, domain: "relay-portal", metadata };
  if (detail.retryAfterSeconds === undefined) return [cause];
  const seconds = Math.max(Math.ceil(detail.retryAfterSeconds), 1);
  return [cause, { "@type": `${TYPE_ROOT}.RetryInfo`, retryDelay: `${seconds}s` }];
}
