import type { StreamForm } from "../model";
import type { Loss } from "../neutral-loss";

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

/** A header is read by people: beyond this it says that there is more. */
const MAX_LOSSES = 20;

/**
 * Names what a translation could not carry, as `kind=detail` separated by "; ", details being names of
 * fields; none where nothing was lost.
 */
export function lossHeaders(losses: readonly Loss[]): Record<string, string> {
  if (losses.length === 0) return {};
  const named = new Set(losses.map(({ kind, detail }) => `${kind}=${plain(detail)}`));
  const listed = [...named].slice(0, MAX_LOSSES);
  if (named.size > listed.length) listed.push(`and ${named.size - listed.length} more`);
  return { "x-relay-losses": listed.join("; ") };
}

/** Only what a header may hold; names of fields come from callers. */
function plain(detail: string): string {
  return detail.replaceAll(/[^\w .,:[\]()*/-]/g, "_").slice(0, 120);
}
