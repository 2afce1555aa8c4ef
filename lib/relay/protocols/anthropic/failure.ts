import type { AppError, FailureCode } from "../../../shared/errors";
import { encode } from "../../stream/bytes";
import { failureHeaders, failureSentence } from "../failure-headers";
import type { FailureContext, RenderedFailure } from "../protocol";

/** @see https://docs.anthropic.com/en/api/errors */
const ERROR_TYPES: Record<FailureCode, string> = {
  invalid_request: "invalid_request_error",
  unauthenticated: "authentication_error",
  forbidden: "permission_error",
  not_found: "not_found_error",
  conflict: "invalid_request_error",
  too_large: "request_too_large",
  loop_detected: "invalid_request_error",
  limit_reached: "rate_limit_error",
  budget_exhausted: "billing_error",
  upstream_refused: "invalid_request_error",
  upstream_lacks_model: "not_found_error",
  upstream_denied: "api_error",
  upstream_limited: "rate_limit_error",
  upstream_busy: "overloaded_error",
  upstream_broken: "api_error",
  upstream_silent: "timeout_error",
  no_account: "overloaded_error",
  unavailable: "overloaded_error",
  client_left: "api_error",
  internal: "api_error",
};

/** A failure as an Anthropic client expects it; an upstream's own refusal keeps its body. */
export function anthropicFailure(error: AppError, context: FailureContext): RenderedFailure {
  const { status, detail } = error;
  if (error.code === "upstream_refused" && detail.body) {
    const headers = failureHeaders(error, context, detail.body.contentType);
    return { status, headers, body: detail.body.bytes };
  }
  const headers = failureHeaders(error, context, "application/json");
  return { status, headers, body: encode(JSON.stringify(envelope(error, context))) };
}

/** The same envelope as an `error` event of a stream. */
export function anthropicFailureEvent(error: AppError, context: FailureContext): Uint8Array {
  return encode(`event: error\ndata: ${JSON.stringify(envelope(error, context))}\n\n`);
}

function envelope(error: AppError, context: FailureContext) {
  const type = error.status === 429 ? "rate_limit_error" : ERROR_TYPES[error.code];
  return {
    type: "error",
    error: { type, message: failureSentence(error, context) },
    request_id: context.requestId,
  };
}
