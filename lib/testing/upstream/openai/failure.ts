import { Refusal } from "../call";
import { AT_ONCE, type Reply, wholeReply } from "../reply";

/** What OpenAI's error object says. */
interface OpenAiError {
  message: string;
  type: string;
  param: string | null;
  code: string | null;
}

const SERVER_ERROR =
  "The server had an error while processing your request. Sorry about that! You can retry your request, or contact us through our help center at help.openai.com if the error persists.";

/** The usual error of each status: `type`, `code` and message. */
const BY_STATUS: Readonly<Record<number, readonly [string, string | null, string]>> = {
  400: ["invalid_request_error", null, "Invalid request."],
  401: [
    "invalid_request_error",
    "invalid_api_key",
    "Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.",
  ],
  403: [
    "invalid_request_error",
    "unsupported_country_region_territory",
    "Country, region, or territory not supported",
  ],
  404: ["invalid_request_error", null, "Not found"],
  413: ["invalid_request_error", null, "Request body is too large."],
  429: [
    "requests",
    "rate_limit_exceeded",
    "Rate limit reached for the model in organization org-fake on requests per min (RPM): Limit 500, Used 500, Requested 1. Please try again in 120ms. Visit https://platform.openai.com/account/rate-limits to learn more.",
  ],
  500: ["server_error", null, SERVER_ERROR],
  503: [
    "service_unavailable_error",
    "server_is_overloaded",
    "Our servers are currently overloaded. Please try again later.",
  ],
  504: ["server_error", null, "Gateway timeout"],
};

/** What a fault may ask for by its `code`: type and message that go with it. */
const BY_CODE: Readonly<Record<string, readonly [string, string]>> = {
  insufficient_quota: [
    "insufficient_quota",
    "You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.",
  ],
};

/** A request that OpenAI refuses with its own error object. */
export class OpenAiRefusal extends Refusal {
  readonly param: string | null;
  readonly code: string | null;

  constructor(status: number, message: string, param: string | null, code: string | null) {
    super(status, message);
    this.param = param;
    this.code = code;
  }
}

/** A 400 of type invalid_request_error. */
export function invalid(
  message: string,
  param: string | null,
  code: string | null = null,
): OpenAiRefusal {
  return new OpenAiRefusal(400, message, param, code);
}

/**
 * OpenAI's error envelope as a reply. What is left out of `error` is the usual of that status.
 * @see https://platform.openai.com/docs/guides/error-codes
 */
export function openaiFailure(
  requestId: string,
  status: number,
  error: Partial<OpenAiError> = {},
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const body = JSON.stringify({ error: openaiError(status, error) }, null, 2);
  return wholeReply(status, { ...openaiHeaders(requestId), ...headers }, body, null, AT_ONCE);
}

/** The usual error object of a status, or of the code that is asked for. */
export function openaiError(status: number, asked: Partial<OpenAiError> = {}): OpenAiError {
  // It has no 529, which is what the faults of all protocols ask for in the middle of a stream.
  const usual = BY_STATUS[status] ?? BY_STATUS[status === 529 ? 503 : 500];
  const [type, code, message] = usual ?? ["server_error", null, SERVER_ERROR];
  const [codeType, codeMessage] = BY_CODE[asked.code ?? ""] ?? [type, message];
  return { message: codeMessage, type: codeType, param: null, code, ...asked };
}

/** Headers of every answer. */
export function openaiHeaders(requestId: string): Record<string, string> {
  return {
    "content-type": "application/json",
    "x-request-id": requestId,
    "openai-organization": "org-fake",
    "openai-project": "proj_fake",
    "openai-version": "2020-10-01",
    "openai-processing-ms": "12",
    "access-control-expose-headers": "X-Request-ID",
    "strict-transport-security": "max-age=31536000; includeSubDomains; preload",
    server: "cloudflare",
  };
}

/** Headers of a 429. */
export function openaiLimitHeaders(retryAfterSeconds: number): Record<string, string> {
  return {
    "retry-after": String(retryAfterSeconds),
    "retry-after-ms": String(retryAfterSeconds * 1000),
    "x-ratelimit-limit-requests": "500",
    "x-ratelimit-remaining-requests": "0",
    "x-ratelimit-reset-requests": `${retryAfterSeconds}s`,
    "x-ratelimit-limit-tokens": "30000",
    "x-ratelimit-remaining-tokens": "0",
    "x-ratelimit-reset-tokens": `${retryAfterSeconds}s`,
  };
}
