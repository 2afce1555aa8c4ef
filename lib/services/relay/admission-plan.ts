import type { AdmitKeys, AdmitPlan } from "../../redis/admit-script";
import type { KeyNames } from "../../redis/key-names";
import type { AccountRelease } from "../../redis/settle-script";
import type { KeyRecord } from "../../relay/model";
import type { AdmissionRequest } from "../../relay/ports";
import type { Period } from "../usage/periods";
import { readHop } from "./hop-header";
import { type KeyPlan, NO_SPENDS } from "./key-plan";

/** Three portal hops are allowed: client, router, and one more router. */
const MAX_DEPTH = 3;

export interface PlanOptions {
  keys: KeyNames;
  /** What the key's requests have in common, at the server's time as far as this process knows it. */
  planOf: (key: KeyRecord) => KeyPlan;
  owner: string;
  hopSecret: string;
  leaseMs: number;
  graceMs: number;
  stickyTtlMs: number;
}

export interface AdmissionPlan {
  keys: AdmitKeys;
  plan: AdmitPlan;
  periods: readonly Period[];
  common: KeyPlan;
}

/** Everything that the admission script is asked for one request. */
export function planAdmission(request: AdmissionRequest, options: PlanOptions): AdmissionPlan {
  const common = options.planOf(request.key);
  const { sticky } = request;
  // Only generating costs money: counting and listing stay possible when a budget is used up.
  const spends = request.action === "generate" ? common.spends : NO_SPENDS;
  return {
    common,
    periods: spends.periods,
    keys: {
      intents: common.intents,
      epoch: common.epoch,
      beats: common.beats,
      sticky: sticky ? options.keys.sticky(request.key.payerTag, sticky.id) : common.intents,
      hops: common.hops,
      hopIndex: common.hopIndex,
      leases: common.leases,
      rates: common.rates,
      spends: spends.names,
    },
    plan: {
      id: request.requestId,
      owner: options.owner,
      leaseMs: options.leaseMs,
      graceMs: options.graceMs,
      maxDepth: MAX_DEPTH,
      reserve: request.reservationMicroUsd.toString(),
      leases: common.leaseLimits,
      rates: common.rateLimits,
      spends: spends.limits,
      sticky: sticky ? { account: sticky.accountId, ttlMs: options.stickyTtlMs } : undefined,
      claim: claimOf(request, options.hopSecret),
      leadsBackAccount: request.leavesHop ? request.accountId : undefined,
    },
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

function claimOf(request: AdmissionRequest, hopSecret: string): AdmitPlan["claim"] {
  const claim = request.claimsHop;
  if (!claim) return undefined;
  const id = claim.header === null ? null : readHop(hopSecret, claim.header);
  return { id: id ?? undefined, fingerprint: claim.fingerprint ?? undefined };
}
