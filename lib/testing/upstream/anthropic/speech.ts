import { textOf } from "../json";
import { bearerOf, type Speech, USUAL_RETRY_AFTER_SECONDS } from "../speech";
import { anthropicFailure, anthropicLimitHeaders } from "./failure";
import { handleAnthropic } from "./handle";

/** The Messages API. */
export const anthropicSpeech: Speech = {
  idPrefix: "req_011",
  keyring: "anthropic",
  streamsByBody: true,
  keyOf: (headers) => textOf(headers["x-api-key"]) || bearerOf(headers),
  refuseKey({ id, key, headers }) {
    const wrong = headers["x-api-key"] === undefined ? "Invalid bearer token" : null;
    return anthropicFailure(id, 401, key === "" ? "x-api-key header is required" : wrong);
  },
  refusePath: ({ id }) => anthropicFailure(id, 404, "Not found"),
  failWith(fault, { id }, nowMs) {
    const retryAfter = fault.retryAfterSeconds ?? USUAL_RETRY_AFTER_SECONDS;
    const limits = fault.status === 429 ? anthropicLimitHeaders(retryAfter, nowMs) : {};
    const wait: Record<string, string> =
      fault.retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfter) };
    return anthropicFailure(id, fault.status, fault.message ?? null, fault.code ?? null, {
      ...limits,
      ...wait,
      ...fault.headers,
    });
  },
  handle: handleAnthropic,
};
