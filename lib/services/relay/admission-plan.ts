import type { AdmitAsk } from "../../redis/admit-script";
import type { KeyNames } from "../../redis/key-names";
import type { AccountRelease } from "../../redis/settle-script";
import type { AdmissionRequest } from "../../relay/ports";
import { readHop } from "./hop-header";

export interface AskOptions {
  keys: KeyNames;
  hopSecret: string;
  stickyTtlMs: () => number;
}

/** What the admission script is asked for one request, besides what its key's requests share. */
export function admissionAsk(request: AdmissionRequest, options: AskOptions): AdmitAsk {
  const { sticky } = request;
  return {
    id: request.requestId,
    reserve: request.reservationMicroUsd.toString(),
    sticky: sticky && {
      key: options.keys.sticky(request.key.payerTag, sticky.id),
      account: sticky.accountId,
      ttlMs: options.stickyTtlMs(),
    },
    claim: claimOf(request, options.hopSecret),
    leadsBackAccount: request.leavesHop && request.accountId,
  };
}

/**
 * Where the lease and the hop trace of a request's account lie. An account that leads back keeps both
 * behind the tag of its return key's payer, so that one script takes them.
 */
export function accountPlace(request: AdmissionRequest, keys: KeyNames): AccountRelease | null {
  const { accountId, accountLimit, leavesHop } = request;
  if (accountLimit === null && leavesHop === null) return null;
  const tag = leavesHop?.returnPayerTag ?? accountId;
  return {
    leases: keys.leases(tag, `account:${accountId}`),
    hops: leavesHop && keys.hops(tag, leavesHop.returnKeyId),
    hopIndex: leavesHop && keys.hopIndex(tag, leavesHop.returnKeyId),
    fingerprint: leavesHop?.fingerprint ?? null,
  };
}

function claimOf(request: AdmissionRequest, hopSecret: string): AdmitAsk["claim"] {
  const claim = request.claimsHop;
  if (!claim) return null;
  const id = claim.header === null ? null : readHop(hopSecret, claim.header);
  return { id, fingerprint: claim.fingerprint };
}
