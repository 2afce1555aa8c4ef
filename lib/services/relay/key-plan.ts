import { admitHead } from "../../redis/admit-script";
import type { KeyNames } from "../../redis/key-names";
import type { KeyRecord } from "../../relay/model";
import { perObject } from "../../shared/per-object";
import type { Period, PeriodName } from "../usage/periods";
import { intentHead } from "./intent";

/** What the admission of every request with a key has in common, written out as far as it goes. */
export interface KeyPlan {
  intents: string;
  leases: readonly string[];
  spends: SpendPlan;
  /** See `admitHead`. */
  admitHead: string;
  /** See `intentHead`. */
  intentHead: string;
}

/** A key's spend counters in the periods of one moment. */
export interface SpendPlan {
  names: readonly string[];
  periods: readonly Period[];
  limits: readonly { limit: number; from: number; to: number }[];
}

export type PeriodAt = (name: PeriodName, atMs: number) => Period;

export interface PlanOptions {
  keys: KeyNames;
  periodAt: PeriodAt;
  /** Id of this process. */
  owner: string;
  leaseMs: number;
  graceMs: number;
  maxDepth: number;
}

/**
 * Plans a key once for all its requests: records are replaced as a whole when a key changes, and
 * periods (the calendar's own objects) when they end.
 */
export function keyPlanner(options: PlanOptions) {
  const { periodAt } = options;
  const kept = perObject((_: KeyRecord): { plan: KeyPlan | null } => ({ plan: null }));
  return (key: KeyRecord, nowMs: number): KeyPlan => {
    const place = kept(key);
    if (place.plan && isCurrent(place.plan.spends, key, periodAt, nowMs)) return place.plan;
    const plan = planOf(key, options, nowMs);
    place.plan = plan;
    return plan;
  };
}

function isCurrent(
  { periods }: SpendPlan,
  { spendLimits }: KeyRecord,
  periodAt: PeriodAt,
  nowMs: number,
): boolean {
  for (let i = 0; i < spendLimits.length; i++) {
    const limit = spendLimits[i];
    if (limit && periods[i] !== periodAt(limit.period, nowMs)) return false;
  }
  return true;
}

function planOf(key: KeyRecord, options: PlanOptions, nowMs: number): KeyPlan {
  const { keys, owner, leaseMs, graceMs, maxDepth } = options;
  const tag = key.payerTag;
  const leases = key.concurrency.map((limit) => keys.leases(tag, limit.scope));
  const rates = key.rateLimits.map((limit) => keys.rate(tag, limit.scope, limit.windowSeconds));
  const spends = spendPlanOf(key, keys, options.periodAt, nowMs);
  const intents = keys.intents(tag);
  const names = {
    intents,
    epoch: keys.epoch(tag),
    beats: keys.beats(tag),
    leases,
    rates,
    spends: spends.names,
  };
  const rules = {
    owner,
    leaseMs,
    graceMs,
    maxDepth,
    leases: key.concurrency.map((limit) => limit.limit),
    rates: key.rateLimits.map(({ windowSeconds, requests }) => ({
      ms: windowSeconds * 1000,
      limit: requests,
    })),
    spends: spends.limits,
  };
  return {
    intents,
    leases,
    spends,
    admitHead: admitHead(names, rules),
    intentHead: intentHead(owner, key, leases, spends.names),
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
