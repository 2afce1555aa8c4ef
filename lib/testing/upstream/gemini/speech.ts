import type { UpstreamCall } from "../call";
import type { StatusFault } from "../faults";
import { textOf } from "../json";
import type { Reply } from "../reply";
import { bearerOf, type Speech, USUAL_RETRY_AFTER_SECONDS } from "../speech";
import { geminiFailure, INVALID_KEY, MISSING_KEY, quotaDetails } from "./failure";
import { handleGemini, inArrayForm } from "./handle";

/** The Gemini API. */
export const geminiSpeech: Speech = {
  idPrefix: "",
  keyring: "gemini",
  streamsByBody: false,
  keyOf: (headers, query) =>
    textOf(headers["x-goog-api-key"]) || query.get("key") || bearerOf(headers),
  refuseKey(call) {
    const inArray = inArrayForm(call);
    if (call.key === "") return geminiFailure(MISSING_KEY, inArray);
    const byBearer = call.headers.authorization?.endsWith(call.key) === true;
    return geminiFailure(byBearer ? { status: 401 } : INVALID_KEY, inArray);
  },
  refusePath: () => geminiFailure({ status: 404 }, false),
  // A rejected key has a shape of its own; Google has no 401 for API keys.
  failWith: (fault, call) =>
    googleStatus(fault, call, fault.status === 401 ? INVALID_KEY : { status: fault.status }),
  handle: handleGemini,
};

/** A fault of kind "status" in Google's envelope; 429 says which quota, and when to come back. */
export function googleStatus(
  fault: StatusFault,
  call: UpstreamCall,
  failure: Parameters<typeof geminiFailure>[0],
): Reply {
  const retryAfter = fault.retryAfterSeconds ?? USUAL_RETRY_AFTER_SECONDS;
  const quota = fault.status === 429 ? { details: quotaDetails(call.model, retryAfter) } : {};
  return geminiFailure(
    { ...failure, ...quota, ...(fault.message === undefined ? {} : { message: fault.message }) },
    inArrayForm(call),
    fault.headers,
  );
}
