import type { StreamForm } from "../model";

const CONTENT_TYPES: Readonly<Record<StreamForm, string>> = {
  sse: "text/event-stream; charset=utf-8",
  array: "application/json; charset=UTF-8",
};

/**
 * Head of a streamed answer. None of the upstream's own headers pass: its rate-limit headers tell of
 * the account's quota and not of the caller's, its request id of an account that is not the caller's
 * business. `no-transform` keeps compressors from holding events back.
 */
export function streamHeaders(form: StreamForm, requestId: string): Record<string, string> {
  return {
    "content-type": CONTENT_TYPES[form],
    "cache-control": "no-cache, no-transform",
    "x-accel-buffering": "no",
    "request-id": requestId,
  };
}

/** Head of a whole answer of so many bytes; the type is the upstream's. */
export function wholeHeaders(contentType: string | undefined, requestId: string, length: number) {
  return {
    "content-type": contentType ?? "application/json",
    "content-length": String(length),
    "cache-control": "no-store",
    "request-id": requestId,
  };
}
