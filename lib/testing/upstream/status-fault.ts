import { anthropicFailure, anthropicLimitHeaders } from "./anthropic/failure";
import type { UpstreamProtocol } from "./book";
import type { Fault } from "./faults";
import { geminiFailure, INVALID_KEY, quotaDetails } from "./gemini/failure";
import type { Reply } from "./reply";

const USUAL_RETRY_AFTER_SECONDS = 30;

/** What a fault of kind "status" answers, as the provider would; null when there is none. */
export function statusFault(
  protocol: UpstreamProtocol,
  faults: readonly Fault[],
  request: { id: string; model: string; inArray: boolean; nowMs: number },
): Reply | null {
  const fault = faults.find((one) => one.kind === "status");
  if (fault?.kind !== "status") return null;
  const retryAfter = fault.retryAfterSeconds ?? USUAL_RETRY_AFTER_SECONDS;
  if (protocol === "anthropic") {
    const limits = fault.status === 429 ? anthropicLimitHeaders(retryAfter, request.nowMs) : {};
    const wait: Record<string, string> =
      fault.retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfter) };
    return anthropicFailure(request.id, fault.status, fault.message ?? null, null, {
      ...limits,
      ...wait,
      ...fault.headers,
    });
  }
  const details = fault.status === 429 ? quotaDetails(request.model, retryAfter) : [];
  // A rejected key has a shape of its own; Google has no 401 for API keys.
  const failure = fault.status === 401 ? INVALID_KEY : { status: fault.status, details };
  return geminiFailure(
    { ...failure, ...(fault.message === undefined ? {} : { message: fault.message }) },
    request.inArray,
    fault.headers,
  );
}
