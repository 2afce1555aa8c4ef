import type { AppError } from "../../shared/errors";
import { tokensOfBody } from "../pricing/estimate";
import { encode } from "../stream/bytes";
import type { Call } from "./call";
import { wholeHeaders } from "./reply-headers";

/** Statuses by which an upstream says that it cannot count at all. */
const NO_COUNTER = new Set([404, 405, 501]);

/** Did a count of tokens fail only because the upstream has no counter? */
export function lacksCounter({ facts }: Call, { status, code }: AppError): boolean {
  if (facts.action !== "count") return false;
  return NO_COUNTER.has(status) && (code === "upstream_refused" || code === "upstream_broken");
}

/** Counts locally, and says by a header that it is an estimate. */
export function answerEstimate({ reply, protocol, facts, requestId }: Call): number {
  const body = encode(JSON.stringify(protocol.countAnswer(tokensOfBody(facts.bodyBytes))));
  const headers = wholeHeaders("application/json", requestId, body.length);
  reply.whole(200, { ...headers, "x-relay-estimate": "true" }, body);
  return 200;
}
