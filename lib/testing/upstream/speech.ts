import type { IncomingHttpHeaders } from "node:http";
import type { UpstreamCall } from "./call";
import type { StatusFault } from "./faults";
import type { UpstreamKeys } from "./keys";
import type { Reply } from "./reply";
import type { UpstreamWorld } from "./world";

/** Everything in which one provider's protocol differs from the others. */
export interface Speech {
  /** What the ids of its requests begin with. */
  idPrefix: string;
  /** Which keys it accepts. */
  keyring: keyof UpstreamKeys;
  /** A field of the body, not the path, asks for a stream. */
  streamsByBody: boolean;
  /** The key of a request, in any of the forms that the provider takes; "" for none. */
  keyOf(headers: IncomingHttpHeaders, query: URLSearchParams): string;
  /** The provider's answer to a wrong or missing key. */
  refuseKey(call: UpstreamCall): Reply;
  /** Its answer to a path that it does not have. */
  refusePath(call: UpstreamCall): Reply;
  /** What a fault of kind "status" answers, as the provider would. */
  failWith(fault: StatusFault, call: UpstreamCall, nowMs: number): Reply;
  /** Answers a call whose key was found to be right. Never throws a `Refusal`. */
  handle(call: UpstreamCall, world: UpstreamWorld): Reply;
}

/** The key of an `Authorization: Bearer` header; "" for none. */
export function bearerOf(headers: IncomingHttpHeaders): string {
  return /^Bearer\s+(.*)$/i.exec(headers.authorization ?? "")?.[1] ?? "";
}

/** Seconds of a `retry-after` for a fault that names none. */
export const USUAL_RETRY_AFTER_SECONDS = 30;
