import { type AppError, FAILURES, type FailureCode } from "../../shared/errors";
import type { FailureContext } from "./protocol";

/** The caller's faults for which waiting helps all the same. */
const WAITING_HELPS: ReadonlySet<FailureCode> = new Set(["limit_reached"]);

/**
 * Headers of a failure that every protocol shares. `x-should-retry: false` keeps official clients
 * from repeating a request that cannot succeed.
 */
export function failureHeaders(
  error: AppError,
  context: FailureContext,
  contentType: string,
): Record<string, string> {
  const headers: Record<string, string> = {
    "content-type": contentType,
    "request-id": context.requestId,
    "cache-control": "no-store",
  };
  if (context.storyUrl) headers["x-relay-story"] = context.storyUrl;
  const { retryAfterSeconds } = error.detail;
  if (retryAfterSeconds !== undefined) {
    headers["retry-after"] = String(Math.max(Math.ceil(retryAfterSeconds), 1));
  }
  const retry = shouldRetry(error);
  if (retry !== null) headers["x-should-retry"] = String(retry);
  return headers;
}

/** null leaves the decision to the client, as for everything that an upstream said itself. */
function shouldRetry({ code, detail }: AppError): boolean | null {
  if (detail.shouldRetry !== undefined) return detail.shouldRetry;
  const callersFault = FAILURES[code].account === "keep" && FAILURES[code].log === "info";
  if (code === "upstream_refused" || !callersFault) return null;
  return WAITING_HELPS.has(code) ? null : false;
}

/** The sentence for people, with the page that tells the whole story. */
export function failureSentence({ message }: AppError, { storyUrl }: FailureContext): string {
  return storyUrl ? `${message} (${storyUrl})` : message;
}
