import type { AccountRelease } from "../../redis/settle-script";
import type { KeyRecord } from "../../relay/model";
import type { AdmissionRequest, Settlement } from "../../relay/ports";
import { jsonText } from "../../shared/json-text";
import { perObject } from "../../shared/per-object";

/** What is known of a call before it is sent: enough to end it when its process does not. */
export interface Intent
  extends Pick<AdmissionRequest, "face" | "action" | "model" | "stream" | "session" | "accountId"> {
  /** Id of the process that serves it. */
  owner: string;
  key: Settlement["key"];
  /** Micro-USD, decimal. */
  reserve: string;
  leases: readonly string[];
  spends: readonly string[];
  releases: readonly AccountRelease[];
  /** Decimal. */
  planRatePpm: string;
  keyRatePpm: string;
}

/** The beginning of the intents' JSON that all requests with a key share, to be kept. */
export function intentHead(
  owner: string,
  { id, ownerId, payerTag, planRatePpm, keyRatePpm }: KeyRecord,
  leases: readonly string[],
  spends: readonly string[],
): string {
  const shared = {
    owner,
    key: { id, ownerId, payerTag },
    leases,
    spends,
    planRatePpm: planRatePpm.toString(),
    keyRatePpm: keyRatePpm.toString(),
  };
  return JSON.stringify(shared).slice(0, -1);
}

/** JSON of a request's `Intent`, under a head of `intentHead`. */
export function intentJson(
  head: string,
  { face, action, model, stream, session, accountId, reservationMicroUsd }: AdmissionRequest,
  place: AccountRelease | null,
): string {
  const streamed = stream === null ? "null" : `"${stream}"`;
  const releases = place === null ? "" : placeJson(place);
  return `${head},"face":"${face}","action":"${action}","model":${jsonText(model)},"stream":${streamed},"session":${jsonText(session)},"accountId":"${accountId}","reserve":"${reservationMicroUsd}","releases":[${releases}]}`;
}

/** Most accounts have one place, for all their requests. */
const placeJson = perObject((place: AccountRelease) => JSON.stringify(place));
