import { fnv1a } from "../../shared/fnv1a";
import type { PoolAccount } from "../model";
import type { RelaySettings } from "../ports";
import { DEFAULT_WEIGHTS, type ScoreWeights, troubleScore } from "./score";

/** By what accounts are put in order. */
export interface RankRules extends Pick<RelaySettings, "strategy"> {
  scoreWeights?: ScoreWeights | undefined;
}

export interface Ranked {
  account: PoolAccount;
  /** Compared from left to right; lower is better. */
  score: readonly number[];
}

/**
 * Accounts from best to worst: by priority, then those that take the call as it is before those that it
 * must be translated for, then by the strategy, then least recently used, then id. "weighted" draws among
 * equals in proportion to weight and free concurrency, by the seed; for a key that is bound to a group, to
 * the weight in that group. "score" puts those with less trouble first.
 */
export function ranked(
  accounts: readonly PoolAccount[],
  rules: RankRules,
  at: { seed: string; nowMs: number; groupId?: string | null },
  isTranslated: (account: PoolAccount) => boolean,
): Ranked[] {
  const order: Ranked[] = [];
  for (const account of accounts) {
    const translated = isTranslated(account) ? 1 : 0;
    order.push({ account, score: scoreOf(account, translated, rules, at) });
  }
  return order.length > 1 ? order.sort(compare) : order;
}

function scoreOf(
  account: PoolAccount,
  translated: number,
  { strategy, scoreWeights = DEFAULT_WEIGHTS }: RankRules,
  { seed, nowMs, groupId = null }: { seed: string; nowMs: number; groupId?: string | null },
): number[] {
  const { priority, load } = account;
  if (strategy === "priority-lru") return [priority, translated, load.lastUsedAtMs];
  if (strategy === "score") {
    return [priority, translated, troubleScore(account, scoreWeights, nowMs), load.lastUsedAtMs];
  }
  return [priority, translated, weightedDraw(account, seed, groupId), load.lastUsedAtMs];
}

/** Exponential race: the smallest of −ln(u)/w wins with a chance in proportion to w. */
function weightedDraw(account: PoolAccount, seed: string, groupId: string | null): number {
  const own = groupId === null ? account.weight : (account.groupWeights[groupId] ?? account.weight);
  const weight = Math.max(own, 0) * freeShare(account);
  if (weight === 0) return Number.MAX_VALUE;
  return -Math.log(unitInterval(`${seed}:${account.id}`)) / weight;
}

function freeShare({ maxConcurrency, load }: PoolAccount): number {
  if (maxConcurrency === null || maxConcurrency === 0) return 1;
  return Math.max(maxConcurrency - load.inFlight, 0) / maxConcurrency;
}

/** FNV-1a with a final mix, as a number in (0, 1): even enough to share load, and repeatable. */
function unitInterval(text: string): number {
  let hash = fnv1a(text);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (((hash ^ (hash >>> 16)) >>> 0) + 1) / (2 ** 32 + 1);
}

function compare(a: Ranked, b: Ranked): number {
  for (let i = 0; i < a.score.length; i++) {
    const difference = (a.score[i] ?? 0) - (b.score[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.account.id < b.account.id ? -1 : 1;
}
