import { type Reply, wholeReply } from "../reply";
import { prettyJson } from "./wire-json";

/** Google's status word and usual message for each HTTP status. */
const BY_STATUS: Readonly<Record<number, readonly [status: string, message: string]>> = {
  400: ["INVALID_ARGUMENT", "Request contains an invalid argument."],
  401: [
    "UNAUTHENTICATED",
    "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.",
  ],
  403: ["PERMISSION_DENIED", "The caller does not have permission"],
  404: ["NOT_FOUND", "Requested entity was not found."],
  413: ["INVALID_ARGUMENT", "Request payload size exceeds the limit: 20971520 bytes."],
  429: [
    "RESOURCE_EXHAUSTED",
    "You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits.",
  ],
  500: [
    "INTERNAL",
    "An internal error has occurred. Please retry or report in https://developers.generativeai.google/guide/troubleshooting",
  ],
  503: ["UNAVAILABLE", "The model is overloaded. Please try again later."],
  504: ["DEADLINE_EXCEEDED", "Deadline expired before operation could complete."],
};

/** What a Google failure says. */
interface GeminiFailure {
  status: number;
  message?: string | null;
  kind?: string | null;
  details?: readonly unknown[];
}

/**
 * Google's error envelope as a reply. `inArray`: the JSON-array form of a stream wraps it in a list.
 * @see https://ai.google.dev/gemini-api/docs/troubleshooting
 */
export function geminiFailure(
  failure: GeminiFailure,
  inArray: boolean,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const body = envelope(failure);
  const text = inArray ? `[${prettyJson(body)}\n]\n` : `${prettyJson(body)}\n`;
  return wholeReply(failure.status, { ...geminiHeaders(), ...headers }, text);
}

/** The same in the middle of a stream. */
export function geminiErrorEvent(status: number, form: "sse" | "array"): string {
  const body = envelope({ status });
  if (form === "array") return `,\r\n${prettyJson(body)}\n]\n`;
  return `data: ${JSON.stringify(body)}\r\n\r\n`;
}

/** Headers of every answer. */
export function geminiHeaders(): Record<string, string> {
  return {
    "content-type": "application/json; charset=UTF-8",
    vary: "Origin, X-Origin, Referer",
    server: "scaffolding on HTTPServer2",
    "x-xss-protection": "0",
    "x-frame-options": "SAMEORIGIN",
    "x-content-type-options": "nosniff",
    "server-timing": "gfet4t7; dur=1",
    "alt-svc": 'h3=":443"; ma=2592000,h3-29=":443"; ma=2592000',
  };
}

/** Details of a 429: which quota, and when to come back. */
export function quotaDetails(model: string, retryAfterSeconds: number): unknown[] {
  return [
    {
      "@type": "type.googleapis.com/google.rpc.QuotaFailure",
      violations: [
        {
          quotaMetric: "generativelanguage.googleapis.com/generate_content_paid_tier_requests",
          quotaId: "GenerateRequestsPerMinutePerProjectPerModel-PaidTier",
          quotaDimensions: { location: "global", model },
          quotaValue: "25",
        },
      ],
    },
    {
      "@type": "type.googleapis.com/google.rpc.Help",
      links: [
        {
          description: "Learn more about Gemini API quotas",
          url: "https://ai.google.dev/gemini-api/docs/rate-limits",
        },
      ],
    },
    { "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: `${retryAfterSeconds}s` },
  ];
}

/** A key that Google does not know: 400, not 401. */
export const INVALID_KEY: GeminiFailure = {
  status: 400,
  message: "API key not valid. Please pass a valid API key.",
  details: [
    {
      "@type": "type.googleapis.com/google.rpc.ErrorInfo",
      reason: "API_KEY_INVALID",
      domain: "googleapis.com",
      metadata: { service: "generativelanguage.googleapis.com" },
    },
    {
      "@type": "type.googleapis.com/google.rpc.LocalizedMessage",
      locale: "en-US",
      message: "API key not valid. Please pass a valid API key.",
    },
  ],
};

/** No key at all. */
export const MISSING_KEY: GeminiFailure = {
  status: 403,
  message:
    "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.",
};

function envelope(failure: GeminiFailure): unknown {
  const [word, usual] = BY_STATUS[failure.status] ?? ["INTERNAL", "Internal error encountered."];
  const details = failure.details ?? [];
  return {
    error: {
      code: failure.status,
      message: failure.message ?? usual,
      status: failure.kind ?? word,
      ...(details.length > 0 ? { details } : {}),
    },
  };
}
