import { type AccountEffect, type AppError, FAILURES } from "../../shared/errors";
import type { AccountState } from "../model";
import type { AccountReport } from "../ports";

/** Longest rest before an account is tried again, whatever reset was stated: the early probe. */
const MAX_COOL_DOWN_MS = 30 * 60_000;
/** A quota answer that states no reset. */
const UNSTATED_RESET_MS = 60_000;
const BUSY_FIRST_MS = 2_000;
const BUSY_MAX_MS = 60_000;
const BROKEN_FIRST_MS = 5_000;
const BROKEN_MAX_MS = 5 * 60_000;
/** A single broken answer is chance; this many in a row are a state. */
const BROKEN_TOLERATED = 2;

/** What an admin set about an account's rests; absent fields leave the portal's own rule. */
export interface CoolDownSettings {
  /** Longest rest, ms. */
  maxCoolDownMs?: number | undefined;
  /** A quota answer is passed on and changes nothing. */
  ignoreLimits?: boolean | undefined;
  /** So is an overload or a failure of the upstream. */
  ignoreFailures?: boolean | undefined;
}

const PORTAL_RULES: CoolDownSettings = {};
/** Effects that the account's own rules can switch off. */
const SWITCHED_OFF: Readonly<Partial<Record<AccountEffect, "ignoreLimits" | "ignoreFailures">>> = {
  "cool-family": "ignoreLimits",
  "cool-briefly": "ignoreFailures",
  "count-then-cool": "ignoreFailures",
};

/**
 * The account's next state after what an attempt taught. A success ends cool-downs that were
 * guesses; a failure of the caller's making changes nothing.
 */
export function nextState(
  state: AccountState,
  report: AccountReport,
  nowMs: number,
  settings: CoolDownSettings = PORTAL_RULES,
): AccountState {
  if (report.kind === "served") return served(state, nowMs);
  const effect: AccountEffect = FAILURES[report.error.code].account;
  const rule = SWITCHED_OFF[effect];
  if (rule && settings[rule]) return state;
  return EFFECTS[effect](state, report, nowMs, settings);
}

type Failed = Extract<AccountReport, { kind: "failed" }>;
type Effect = (
  state: AccountState,
  report: Failed,
  nowMs: number,
  settings: CoolDownSettings,
) => AccountState;

const EFFECTS: Record<AccountEffect, Effect> = {
  keep: (state) => state,
  suspend: (state, { error }) => ({
    ...state,
    stopped: error.detail.blocked ? "blocked" : "needs-sign-in",
    failuresInARow: failures(state),
  }),
  "cool-family": limited,
  "cool-briefly": (state, _, nowMs, { maxCoolDownMs = BUSY_MAX_MS }) => {
    if (isResting(state, nowMs)) return state;
    const most = Math.min(BUSY_MAX_MS, maxCoolDownMs);
    const restMs = growing(BUSY_FIRST_MS, most, failures(state));
    return cooled(state, nowMs + restMs, "busy");
  },
  "count-then-cool": (state, _, nowMs, { maxCoolDownMs = BROKEN_MAX_MS }) => {
    if (isResting(state, nowMs)) return state;
    const count = failures(state);
    if (count <= BROKEN_TOLERATED) return { ...state, failuresInARow: count };
    const most = Math.min(BROKEN_MAX_MS, maxCoolDownMs);
    const restMs = growing(BROKEN_FIRST_MS, most, count - BROKEN_TOLERATED);
    return cooled(state, nowMs + restMs, "broken");
  },
};

function served(state: AccountState, nowMs: number): AccountState {
  if (isCalm(state)) return state;
  const guessed = state.coolingReason === "busy" || state.coolingReason === "broken";
  const lapsed = (state.coolingUntilMs ?? 0) <= nowMs;
  const keepsCooling = state.coolingUntilMs !== null && !guessed && !lapsed;
  return {
    ...state,
    coolingUntilMs: keepsCooling ? state.coolingUntilMs : null,
    coolingReason: keepsCooling ? state.coolingReason : null,
    limitedFamilies: stillLimited(state.limitedFamilies, nowMs),
    failuresInARow: 0,
  };
}

/** Nothing is known against the account, as about most: a success teaches nothing. */
function isCalm({ coolingUntilMs, coolingReason, limitedFamilies, failuresInARow }: AccountState) {
  for (const _ in limitedFamilies) return false;
  return coolingUntilMs === null && coolingReason === null && failuresInARow === 0;
}

/**
 * Rests already, on a guess. What fails now was under way when the rest began, or was a last resort: it
 * is the same trouble once more, and a dozen of one moment must not make minutes of seconds.
 */
function isResting({ coolingUntilMs, coolingReason }: AccountState, nowMs: number): boolean {
  return (coolingUntilMs ?? 0) > nowMs && (coolingReason === "busy" || coolingReason === "broken");
}

/** The family that the answer named; the whole account when it named none. */
function limited(
  state: AccountState,
  { error, family }: Failed,
  nowMs: number,
  { maxCoolDownMs = MAX_COOL_DOWN_MS }: CoolDownSettings,
): AccountState {
  const untilMs = Math.min(resetOf(error, nowMs), nowMs + maxCoolDownMs);
  if (family === null) return { ...cooled(state, untilMs, "limited"), failuresInARow: 0 };
  const families = stillLimited(state.limitedFamilies, nowMs);
  return { ...state, limitedFamilies: { ...families, [family]: untilMs } };
}

function resetOf({ detail }: AppError, nowMs: number): number {
  if (detail.resetAtMs !== undefined && detail.resetAtMs > nowMs) return detail.resetAtMs;
  if (detail.retryAfterSeconds !== undefined) return nowMs + detail.retryAfterSeconds * 1000;
  return nowMs + UNSTATED_RESET_MS;
}

/** A later rest never shortens one that is stated already. */
function cooled(state: AccountState, untilMs: number, reason: string): AccountState {
  const count = failures(state);
  if ((state.coolingUntilMs ?? 0) >= untilMs) return { ...state, failuresInARow: count };
  return { ...state, coolingUntilMs: untilMs, coolingReason: reason, failuresInARow: count };
}

function failures(state: AccountState): number {
  return state.failuresInARow + 1;
}

function growing(firstMs: number, maxMs: number, count: number): number {
  return Math.min(firstMs * 2 ** Math.min(count - 1, 20), maxMs);
}

function stillLimited(families: AccountState["limitedFamilies"], nowMs: number) {
  return Object.fromEntries(Object.entries(families).filter(([, untilMs]) => untilMs > nowMs));
}
