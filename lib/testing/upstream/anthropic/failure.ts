import { AT_ONCE, type Reply, wholeReply } from "../reply";

/** Anthropic's `error.type` for each status, and the message that goes with it. */
const BY_STATUS: Readonly<Record<number, readonly [type: string, message: string]>> = {
  400: ["invalid_request_error", "Invalid request."],
  401: ["authentication_error", "invalid x-api-key"],
  402: ["billing_error", "Your credit balance is too low to access the Anthropic API."],
  403: ["permission_error", "Your API key does not have permission to use the specified resource."],
  404: ["not_found_error", "Not found"],
  413: ["request_too_large", "Request exceeds the maximum size"],
  429: [
    "rate_limit_error",
    "This request would exceed the rate limit for your organization of 50 requests per minute.",
  ],
  500: ["api_error", "Internal server error"],
  503: ["api_error", "Service unavailable"],
  504: ["timeout_error", "Gateway timeout"],
  529: ["overloaded_error", "Overloaded"],
};

/**
 * Anthropic's error envelope as a reply.
 * @see https://docs.claude.com/en/api/errors
 */
export function anthropicFailure(
  requestId: string,
  status: number,
  message: string | null = null,
  kind: string | null = null,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const body = envelope(requestId, status, message, kind);
  return wholeReply(
    status,
    { ...anthropicHeaders(requestId), "x-should-retry": String(isPassing(status)), ...headers },
    JSON.stringify(body),
    null,
    AT_ONCE,
  );
}

/** The same as an event in the middle of a stream. */
export function anthropicErrorEvent(requestId: string, status: number): string {
  return `event: error\ndata: ${JSON.stringify(envelope(requestId, status, null, null))}\n\n`;
}

/** Headers of every answer. */
export function anthropicHeaders(requestId: string): Record<string, string> {
  return {
    "content-type": "application/json",
    "request-id": requestId,
    "anthropic-organization-id": "5f0c8a4e-2f64-4a55-9f5e-0d7a3b1c9e21",
    "strict-transport-security": "max-age=31536000; includeSubDomains; preload",
    "cf-cache-status": "DYNAMIC",
    server: "cloudflare",
  };
}

/** Headers of a 429: the classic ones and the "unified" ones that subscriptions are shown. */
export function anthropicLimitHeaders(
  retryAfterSeconds: number,
  nowMs: number,
): Record<string, string> {
  const resetMs = nowMs + retryAfterSeconds * 1000;
  const resetAt = new Date(resetMs).toISOString().replace(/\.\d+Z$/, "Z");
  const resetSeconds = String(Math.ceil(resetMs / 1000));
  return {
    "retry-after": String(retryAfterSeconds),
    "anthropic-ratelimit-requests-limit": "50",
    "anthropic-ratelimit-requests-remaining": "0",
    "anthropic-ratelimit-requests-reset": resetAt,
    "anthropic-ratelimit-unified-status": "rejected",
    "anthropic-ratelimit-unified-reset": resetSeconds,
    "anthropic-ratelimit-unified-representative-claim": "five_hour",
    "anthropic-ratelimit-unified-5h-status": "rejected",
    "anthropic-ratelimit-unified-5h-reset": resetSeconds,
    "anthropic-ratelimit-unified-5h-utilization": "1.0",
  };
}

function envelope(
  requestId: string,
  status: number,
  message: string | null,
  kind: string | null,
): unknown {
  const [type, usual] = BY_STATUS[status] ?? ["api_error", "Internal server error"];
  return {
    type: "error",
    error: { type: kind ?? type, message: message ?? usual },
    request_id: requestId,
  };
}

function isPassing(status: number): boolean {
  return status === 429 || status >= 500;
}
