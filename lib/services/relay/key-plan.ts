import type { AdmitPlan } from "../../redis/admit-script";
import type { KeyNames } from "../../redis/key-names";
import type { KeyRecord } from "../../relay/model";
import { perObject } from "../../shared/per-object";
import type { Period, PeriodName } from "../usage/periods";

/** What the admission of every request with a key has in common. */
export interface KeyPlan {
  intents: string;
  epoch: string;
  beats: string;
  hops: string;
  hopIndex: string;
  leases: readonly string[];
  rates: readonly string[];
  leaseLimits: readonly number[];
  rateLimits: AdmitPlan["rates"];
  /** Decimal. */
  planRatePpm: string;
  keyRatePpm: string;
  spends: SpendPlan;
}

/** A key's spend counters in the periods of one moment. */
export interface SpendPlan {
  names: readonly string[];
  periods: readonly Period[];
  limits: AdmitPlan["spends"];
}

export type PeriodAt = (name: PeriodName, atMs: number) => Period;

export const NO_SPENDS: SpendPlan = { names: [], periods: [], limits: [] };

/**
 * Plans a key once for all its requests: records are replaced as a whole when a key changes, and
 * periods (the calendar's own objects) when they end.
 */
export function keyPlanner(keys: KeyNames, periodAt: PeriodAt) {
  const kept = perObject((key: KeyRecord) => planOf(key, keys));
  return (key: KeyRecord, nowMs: number): KeyPlan => {
    const plan = kept(key);
    const { spendLimits } = key;
    const { periods } = plan.spends;
    for (let i = 0; i < spendLimits.length; i++) {
      const limit = spendLimits[i];
      if (limit && periods[i] === periodAt(limit.period, nowMs)) continue;
      plan.spends = spendPlanOf(key, keys, periodAt, nowMs);
      break;
    }
    return plan;
  };
}

function planOf(key: KeyRecord, keys: KeyNames): KeyPlan {
  const tag = key.payerTag;
  return {
    intents: keys.intents(tag),
    epoch: keys.epoch(tag),
    beats: keys.beats(tag),
    hops: keys.hops(tag, key.id),
    hopIndex: keys.hopIndex(tag, key.id),
    leases: key.concurrency.map((limit) => keys.leases(tag, limit.scope)),
    rates: key.rateLimits.map((limit) => keys.rate(tag, limit.scope, limit.windowSeconds)),
    leaseLimits: key.concurrency.map((limit) => limit.limit),
    rateLimits: key.rateLimits.map(({ windowSeconds, requests }) => ({
      ms: windowSeconds * 1000,
      limit: requests,
    })),
    planRatePpm: key.planRatePpm.toString(),
    keyRatePpm: key.keyRatePpm.toString(),
    spends: NO_SPENDS,
  };
}

/** The counters of all spend limits of a key at a moment. */
export function spendPlanOf(
  key: KeyRecord,
  keys: KeyNames,
  periodAt: PeriodAt,
  atMs: number,
): SpendPlan {
  const periods = key.spendLimits.map((limit) => periodAt(limit.period, atMs));
  return {
    periods,
    names: key.spendLimits.map((limit, i) =>
      keys.spend(key.payerTag, limit.scope, periodLabel(limit.period, periods[i])),
    ),
    limits: key.spendLimits.map(({ limitMicroUsd }, i) => ({
      limit: safeNumber(limitMicroUsd),
      from: periods[i]?.fromMs ?? 0,
      to: periods[i]?.toMs ?? 0,
    })),
  };
}

/** Name of a period in its counter's key: a change of the time zone begins new counters. */
function periodLabel(name: PeriodName, period: Period | undefined): string {
  return name === "total" ? name : `${name}:${period?.fromMs ?? 0}`;
}

/** Lua compares doubles: beyond 2^53 micro-USD a limit is as good as that. */
function safeNumber(value: bigint): number {
  return Number(value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : value);
}
