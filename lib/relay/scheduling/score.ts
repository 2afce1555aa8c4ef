import type { PoolAccount } from "../model";

/** Old news fades: half of it is forgotten in this time, so that an account in disgrace is tried again. */
const HALF_LIFE_MS = 5 * 60_000;

/** How much each trouble counts against an account under the strategy "score". */
export interface ScoreWeights {
  busy: number;
  errors: number;
  speed: number;
  quota: number;
}

export const DEFAULT_WEIGHTS: ScoreWeights = { busy: 40, errors: 30, speed: 15, quota: 15 };

/** A first byte after this long counts half of what the slowest one can. */
const HALF_SLOW_MS = 2_000;
/** Differences below this are chance: then the least recently used account comes first. */
const STEPS = 20;

/**
 * An account's troubles as one number, in steps, lower is better: how full it is, how often its latest attempts
 * failed, how long its first byte takes, how much of its fullest quota window is used.
 */
export function troubleScore(account: PoolAccount, weights: ScoreWeights, nowMs: number): number {
  const { busy, errors, speed, quota } = weights;
  const { load } = account;
  const fresh = 2 ** -(Math.max(nowMs - load.lastUsedAtMs, 0) / HALF_LIFE_MS);
  const slow = load.firstByteMs / (load.firstByteMs + HALF_SLOW_MS);
  const sum =
    busy * busyShare(account) +
    errors * load.errorRate * fresh +
    speed * slow * fresh +
    quota * usedShare(account, nowMs);
  const most = Math.max(busy + errors + speed + quota, 1);
  return Math.round((sum / most) * STEPS);
}

/** In flight of what may be; without a limit of its own an account fills up slowly. */
function busyShare({ maxConcurrency, load }: PoolAccount): number {
  const { inFlight } = load;
  if (maxConcurrency === null) return inFlight / (inFlight + 16);
  return maxConcurrency === 0 ? 1 : Math.min(inFlight / maxConcurrency, 1);
}

function usedShare({ windows }: PoolAccount, nowMs: number): number {
  let most = 0;
  for (const { usedPercent, resetsAtMs } of windows) {
    if (resetsAtMs !== null && resetsAtMs > nowMs) most = Math.max(most, usedPercent / 100);
  }
  return Math.min(most, 1);
}
