import type { AdmitAsk } from "../../redis/admit-script";
import type { KeyNames } from "../../redis/key-names";
import { type AccountRelease, leavesTrace } from "../../redis/settle-script";
import type { AdmissionRequest } from "../../relay/ports";
import { perName } from "../../shared/per-name";
import { readHop } from "./hop-header";

export interface AskOptions {
  keys: KeyNames;
  hopSecret: string;
  stickyTtlMs: () => number;
}

/** What the admission script is asked for one request, besides what its key's requests share. */
export function admissionAsk(
  request: AdmissionRequest,
  place: AccountRelease | null,
  options: AskOptions,
): AdmitAsk {
  const { sticky, accountLimit } = request;
  return {
    id: request.requestId,
    reserve: request.reservationMicroUsd.toString(),
    sticky: sticky && {
      key: options.keys.sticky(request.key.payerTag, sticky.id),
      account: sticky.accountId,
      ttlMs: options.stickyTtlMs(),
    },
    account:
      place && accountLimit !== null && !leavesTrace(place)
        ? { leases: place.leases, limit: accountLimit }
        : null,
    claim: claimOf(request, options),
    leadsBackAccount: request.leavesHop && request.accountId,
  };
}

/**
 * Where the lease and the hop trace of a request's account lie. An account that leads back keeps both
 * behind the tag of its return key's payer, so that one script takes them.
 */
export function accountPlaces(keys: KeyNames) {
  const leasesOf = (tag: string, accountId: string) => keys.leases(tag, `account:${accountId}`);
  const withoutHop = perName({ most: 10_000 }, (accountId): AccountRelease => {
    const leases = leasesOf(accountId, accountId);
    return { leases, hops: null, hopIndex: null, fingerprint: null };
  });
  return ({ accountId, accountLimit, leavesHop }: AdmissionRequest): AccountRelease | null => {
    if (leavesHop === null) return accountLimit === null ? null : withoutHop(accountId);
    const { returnPayerTag: tag, returnKeyId, fingerprint } = leavesHop;
    return {
      leases: leasesOf(tag, accountId),
      hops: keys.hops(tag, returnKeyId),
      hopIndex: keys.hopIndex(tag, returnKeyId),
      fingerprint,
    };
  };
}

function claimOf(
  { key, claimsHop: claim }: AdmissionRequest,
  { keys, hopSecret }: AskOptions,
): AdmitAsk["claim"] {
  if (!claim) return null;
  const id = claim.header === null ? null : readHop(hopSecret, claim.header);
  const hops = keys.hops(key.payerTag, key.id);
  const hopIndex = keys.hopIndex(key.payerTag, key.id);
  return { id, fingerprint: claim.fingerprint, hops, hopIndex };
}
