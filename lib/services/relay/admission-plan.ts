import type { AdmitKeys, AdmitPlan } from "../../redis/admit-script";
import type { KeyNames } from "../../redis/key-names";
import type { AccountRelease } from "../../redis/settle-script";
import type { KeyRecord } from "../../relay/model";
import type { AdmissionRequest } from "../../relay/ports";
import type { Period, PeriodName } from "../usage/periods";
import { readHop } from "./hop-header";

/** Three portal hops are allowed: client, router, and one more router. */
const MAX_DEPTH = 3;

export interface PlanOptions {
  keys: KeyNames;
  owner: string;
  hopSecret: string;
  leaseMs: number;
  graceMs: number;
  stickyTtlMs: number;
  /** The server's time as far as this process knows it. */
  nowMs: number;
  periodAt: (name: PeriodName, atMs: number) => Period;
}

export interface AdmissionPlan {
  keys: AdmitKeys;
  plan: AdmitPlan;
  periods: Period[];
}

/** Everything that the admission script is asked for one request. */
export function planAdmission(request: AdmissionRequest, options: PlanOptions): AdmissionPlan {
  const { keys } = options;
  const { key } = request;
  const tag = key.payerTag;
  const limits = spendLimitsOf(request);
  const periods = limits.map((limit) => options.periodAt(limit.period, options.nowMs));
  return {
    periods,
    keys: {
      intents: keys.intents(tag),
      epoch: keys.epoch(tag),
      beats: keys.beats(tag),
      sticky: request.sticky ? keys.sticky(tag, request.sticky.id) : keys.intents(tag),
      hops: keys.hops(tag, key.id),
      hopIndex: keys.hopIndex(tag, key.id),
      leases: key.concurrency.map((limit) => keys.leases(tag, limit.scope)),
      rates: key.rateLimits.map((limit) => keys.rate(tag, limit.scope, limit.windowSeconds)),
      spends: limits.map((limit, i) =>
        keys.spend(tag, limit.scope, periodLabel(limit.period, periods[i])),
      ),
    },
    plan: {
      id: request.requestId,
      owner: options.owner,
      leaseMs: options.leaseMs,
      graceMs: options.graceMs,
      maxDepth: MAX_DEPTH,
      reserve: request.reservationMicroUsd.toString(),
      leases: key.concurrency.map((limit) => limit.limit),
      rates: key.rateLimits.map((limit) => ({
        ms: limit.windowSeconds * 1000,
        limit: limit.requests,
      })),
      spends: limits.map((limit, i) => ({
        limit: safeNumber(limit.limitMicroUsd),
        from: periods[i]?.fromMs ?? 0,
        to: periods[i]?.toMs ?? 0,
      })),
      ...(request.sticky && {
        sticky: { account: request.sticky.accountId, ttlMs: options.stickyTtlMs },
      }),
      ...claimOf(request, options.hopSecret),
      ...(request.leavesHop && { leadsBackAccount: request.accountId }),
    },
  };
}

/** Only generating costs money: counting and listing stay possible when a budget is used up. */
export function spendLimitsOf(request: AdmissionRequest) {
  return request.action === "generate" ? request.key.spendLimits : [];
}

/** The counters of all spend limits of a key at a moment. */
export function spendKeysOf(
  key: KeyRecord,
  keys: KeyNames,
  periodAt: PlanOptions["periodAt"],
  atMs: number,
): string[] {
  return key.spendLimits.map((limit) => {
    const label = periodLabel(limit.period, periodAt(limit.period, atMs));
    return keys.spend(key.payerTag, limit.scope, label);
  });
}

/** Name of a period in its counter's key: a change of the time zone begins new counters. */
export function periodLabel(name: PeriodName, period: Period | undefined): string {
  return name === "total" ? name : `${name}:${period?.fromMs ?? 0}`;
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

function claimOf(request: AdmissionRequest, hopSecret: string): Pick<AdmitPlan, "claim"> {
  const claim = request.claimsHop;
  if (!claim) return {};
  const id = claim.header === null ? null : readHop(hopSecret, claim.header);
  return {
    claim: {
      ...(id !== null && { id }),
      ...(claim.fingerprint !== null && { fingerprint: claim.fingerprint }),
    },
  };
}

/** Lua compares doubles: beyond 2^53 micro-USD a limit is as good as that. */
function safeNumber(value: bigint): number {
  return Number(value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : value);
}
