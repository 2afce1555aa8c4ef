import type { KeyRecord, PoolAccount } from "../model";
import type { DecisionTrace, ExclusionReason } from "../ports";
import { exclusionOf, isStranger } from "./eligibility";
import type { Choice, ChoiceFacts } from "./facts";
import { isBeingProbed } from "./probing";
import { type RankRules, ranked } from "./rank";

/**
 * Chooses an account for a call, or none. A pure function of its arguments, so that a decision can be
 * repeated from its trace. A sticky account that can serve wins; one that cannot is left at once. A
 * binding to an account or a group never falls back to the shared pool unless the key says so. An
 * account that passes on a name of another maker's comes after those that are known to serve it, one
 * whose rest is just being tried out after all others. When
 * nothing but short cool-downs stands in the way, the account that is ready first is tried rather
 * than everybody refused: one overloaded answer must not close a pool of one.
 */
export function chooseAccount(
  pool: readonly PoolAccount[],
  facts: ChoiceFacts,
  tried: ReadonlySet<string>,
  settings: RankRules,
  nowMs: number,
  seed: string,
): Choice {
  const bound = boundIds(pool, facts.key.binding);
  const first = chooseWithin(pool, facts, { tried, nowMs, bound }, settings, seed);
  if (first.account || !bound || !facts.key.binding?.fallback) return first;
  return chooseWithin(pool, facts, { tried, nowMs, bound: null }, settings, seed);
}

type Moment = Parameters<typeof exclusionOf>[2];

function chooseWithin(
  pool: readonly PoolAccount[],
  facts: ChoiceFacts,
  moment: Moment,
  settings: RankRules,
  seed: string,
): Choice {
  const { excluded, open, strangers, probed } = sorted(pool, facts, moment);
  const isTranslated = ({ provider }: PoolAccount) => facts.spokenBy(provider) !== facts.protocol;
  const { binding } = facts.key;
  const groupId = moment.bound && binding?.kind === "group" ? binding.id : null;
  const rank = (accounts: readonly PoolAccount[]) =>
    accounts.length === 0
      ? []
      : ranked(accounts, settings, { seed, nowMs: moment.nowMs, groupId }, isTranslated);
  const order = [...rank(open), ...rank(strangers), ...rank(probed)];
  const lastResort = order.length === 0 ? readyFirst(pool, excluded) : null;
  const { stickyAccountId: held } = facts;
  const sticky = held === null ? null : heldIn(held, open, strangers);
  const account = sticky ?? order[0]?.account ?? lastResort;
  return {
    account,
    trace: {
      strategy: lastResort ? "last-resort" : settings.strategy,
      binding: moment.bound ? bindingName(binding) : null,
      sticky: stickyWord(held, sticky),
      excluded,
      candidates: order.map(({ account: { id }, score }) => ({ accountId: id, score })),
      chosen: account?.id ?? null,
    },
  };
}

function heldIn(
  held: string,
  open: readonly PoolAccount[],
  strangers: readonly PoolAccount[],
): PoolAccount | null {
  const isHeld = ({ id }: PoolAccount) => id === held;
  return open.find(isHeld) ?? strangers.find(isHeld) ?? null;
}

interface Sorted {
  excluded: { accountId: string; reason: ExclusionReason }[];
  open: PoolAccount[];
  /** Let a name of another maker's pass. */
  strangers: PoolAccount[];
  /** Could serve, but are just being tried out. */
  probed: PoolAccount[];
}

function sorted(pool: readonly PoolAccount[], facts: ChoiceFacts, moment: Moment): Sorted {
  const groups: Sorted = { excluded: [], open: [], strangers: [], probed: [] };
  for (const account of pool) {
    const { state } = account;
    const reason = exclusionOf(account, facts, moment, state);
    if (reason !== null) groups.excluded.push({ accountId: account.id, reason });
    else if (isBeingProbed(account, facts, moment.nowMs, state)) groups.probed.push(account);
    else if (isStranger(account, facts)) groups.strangers.push(account);
    else groups.open.push(account);
  }
  return groups;
}

/** Cool-downs that follow an overload or an error are guesses; a quota's reset is not. */
const GUESSED_COOLING = new Set(["busy", "broken"]);

function readyFirst(
  pool: readonly PoolAccount[],
  excluded: readonly { accountId: string; reason: ExclusionReason }[],
): PoolAccount | null {
  const cooling = new Set(excluded.flatMap((e) => (e.reason === "cooling" ? [e.accountId] : [])));
  const [first] = pool
    .filter(({ id, state }) => cooling.has(id) && GUESSED_COOLING.has(state.coolingReason ?? ""))
    .filter(({ maxConcurrency, load }) => maxConcurrency === null || load.inFlight < maxConcurrency)
    .sort((a, b) => (a.state.coolingUntilMs ?? 0) - (b.state.coolingUntilMs ?? 0));
  return first ?? null;
}

function boundIds(
  pool: readonly PoolAccount[],
  binding: KeyRecord["binding"],
): ReadonlySet<string> | null {
  if (!binding) return null;
  if (binding.kind === "account") return new Set([binding.id]);
  return new Set(pool.filter(({ groupIds }) => groupIds.includes(binding.id)).map(({ id }) => id));
}

function bindingName(binding: KeyRecord["binding"]): string | null {
  return binding ? `${binding.kind}:${binding.id}` : null;
}

function stickyWord(id: string | null, sticky: PoolAccount | null): DecisionTrace["sticky"] {
  if (sticky) return "hit";
  return id === null ? "none" : "left";
}
