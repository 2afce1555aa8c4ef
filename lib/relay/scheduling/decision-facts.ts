import { fnv1a } from "../../shared/fnv1a";
import type { PoolAccount } from "../model";
import type { ChoiceFacts } from "./facts";
import type { RankRules } from "./rank";
import type { Known, Live, RecordedFacts } from "./recorded-facts";

/** Up to this many accounts every choice is kept for replays; larger pools are sampled down to its cost. */
const WHOLE_POOL = 16;
/** A pool above this is too large for one record. */
const MAX_POOL = 512;
/** A key that maps more names than this has choices that cannot be replayed. */
const MAX_KEY_MAP = 16;
const NEVER_USED = -1;

export interface ChoiceMade {
  pool: readonly PoolAccount[];
  /** null while this process does not know its version: then nothing is kept. */
  version: string | null;
  facts: ChoiceFacts;
  tried: ReadonlySet<string>;
  settings: RankRules;
  nowMs: number;
  seed: string;
}

/**
 * What has to be kept of a choice to make it again, as it is at this moment: loads and states move on.
 * null for one that is not kept: large pools are sampled by the seed, so that a request's choices are
 * kept all or none.
 */
export function decisionFacts(made: ChoiceMade): RecordedFacts | null {
  const { pool, version, facts, tried, settings, nowMs, seed } = made;
  const { key, stickyAccountId } = facts;
  const keyMap = key.modelMap.entries;
  if (version === null || keyMap.length > MAX_KEY_MAP || !isSampled(pool.length, seed)) return null;
  const reserved = reservedKinds(pool, facts.admits);
  return {
    pool: version,
    atMs: nowMs,
    protocol: facts.protocol,
    strategy: settings.strategy,
    ...(settings.strategy === "score" &&
      settings.scoreWeights && { weights: { ...settings.scoreWeights } }),
    ...(stickyAccountId !== null && { sticky: stickyAccountId }),
    ...(key.binding && { binding: key.binding }),
    ...(keyMap.length > 0 && { keyMap: [...keyMap] }),
    ...(reserved.length > 0 && { reserved }),
    ...(tried.size > 0 && { tried: [...tried] }),
    live: pool.map((account) => liveOf(account, nowMs, settings.strategy === "score")),
  };
}

/** The account's live part as it was recorded: the reverse of `liveOf`. */
export function liveParts(
  [inFlight, idleMs, known]: Live,
  atMs: number,
): Pick<PoolAccount, "load" | "state" | "windows"> {
  const [coolingUntilMs, coolingReason] = known?.cool ?? [null, null];
  return {
    load: {
      inFlight,
      lastUsedAtMs: idleMs === NEVER_USED ? 0 : atMs - idleMs,
      errorRate: known?.recent?.[0] ?? 0,
      firstByteMs: known?.recent?.[1] ?? 0,
    },
    state: {
      coolingUntilMs,
      coolingReason,
      limitedFamilies: known?.families ?? {},
      stopped: known?.stopped ?? null,
      failuresInARow: 0,
    },
    windows: (known?.windows ?? []).map(([name, usedPercent, resetsAtMs]) => {
      return { name, usedPercent, status: "", resetsAtMs };
    }),
  };
}

function isSampled(accounts: number, seed: string): boolean {
  if (accounts <= WHOLE_POOL) return true;
  return accounts <= MAX_POOL && fnv1a(seed) / 2 ** 32 < WHOLE_POOL / accounts;
}

function reservedKinds(pool: readonly PoolAccount[], admits: ChoiceFacts["admits"]): string[] {
  if (!admits) return [];
  const kinds = new Set(pool.map(({ provider }) => provider));
  return [...kinds].filter((kind) => !admits(kind));
}

function liveOf({ load, state, windows }: PoolAccount, nowMs: number, scored: boolean): Live {
  const { inFlight, lastUsedAtMs, errorRate, firstByteMs } = load;
  const idleMs = lastUsedAtMs === 0 ? NEVER_USED : nowMs - lastUsedAtMs;
  const known: Known = {};
  const { coolingUntilMs, coolingReason, limitedFamilies, stopped } = state;
  if (coolingUntilMs !== null || coolingReason !== null) {
    known.cool = [coolingUntilMs, coolingReason];
  }
  for (const _ in limitedFamilies) known.families = { ...limitedFamilies };
  if (stopped !== null) known.stopped = stopped;
  if (windows.length > 0) {
    known.windows = windows.map((window) => [window.name, window.usedPercent, window.resetsAtMs]);
  }
  // Only a score looks at them, and they would make every record longer.
  if (scored) known.recent = [errorRate, firstByteMs];
  for (const _ in known) return [inFlight, idleMs, known];
  return [inFlight, idleMs];
}
