import { familyOf } from "../families";
import { mapThrough } from "../mapping";
import type { AccountState, PoolAccount } from "../model";
import type { ExclusionReason } from "../ports";
import type { ChoiceFacts } from "./facts";

interface Moment {
  tried: ReadonlySet<string>;
  nowMs: number;
  /** Account ids that the key's binding allows; null for the whole pool. */
  bound: ReadonlySet<string> | null;
}

/**
 * Why the account cannot take this call now; null when it can. The first rule that holds is the
 * account's one reason. Written out rather than as a table: every request asks it of every account.
 * `state` is the account's, for who has read it already: a pool looks it up each time.
 */
export function exclusionOf(
  account: PoolAccount,
  facts: ChoiceFacts,
  moment: Moment,
  state: AccountState = account.state,
): ExclusionReason | null {
  return (
    notForKey(account, facts, moment) ??
    notInService(account, state, facts, moment) ??
    notNow(account, state, facts, moment)
  );
}

/** The name that this account's upstream is asked for; null when it does not serve the model. */
export function sentModel(
  account: Pick<PoolAccount, "modelMap">,
  facts: Pick<ChoiceFacts, "model" | "key">,
): string | null {
  return mapThrough(facts.key.modelMap, account.modelMap, facts.model)?.model ?? null;
}

/** Until when the family of the name that is sent rests, or rested; 0 when nothing is known. */
export function familyRestsUntil(
  { limitedFamilies }: AccountState,
  account: PoolAccount,
  facts: ChoiceFacts,
): number {
  // Most accounts have no family at rest: then the name's is not looked for.
  for (const _ in limitedFamilies) {
    const model = sentModel(account, facts);
    return model === null ? 0 : (limitedFamilies[familyOf(model)] ?? 0);
  }
  return 0;
}

function notForKey(
  { id, sharing, consent, provider }: PoolAccount,
  { key, protocol, protocolOf }: ChoiceFacts,
  { bound }: Moment,
): ExclusionReason | null {
  // A dedicated account serves only keys that are bound to it; one in groups serves groups and all.
  if (bound ? !bound.has(id) : sharing !== "shared") return "not-bound";
  if (consent !== null && !consent.userIds.includes(key.ownerId)) return "no-consent";
  return protocolOf(provider) === protocol ? null : "protocol-unreachable";
}

function notInService(
  { id, enabled, planExpiresAtMs, schedulable, draining }: PoolAccount,
  { stopped }: AccountState,
  { stickyAccountId }: ChoiceFacts,
  { nowMs }: Moment,
): ExclusionReason | null {
  if (!enabled) return "disabled";
  if (planExpiresAtMs !== null && planExpiresAtMs <= nowMs) return "plan-expired";
  if (stopped !== null) return "stopped";
  if (!schedulable) return "not-schedulable";
  return draining && stickyAccountId !== id ? "draining" : null;
}

function notNow(
  account: PoolAccount,
  state: AccountState,
  facts: ChoiceFacts,
  { tried, nowMs }: Moment,
): ExclusionReason | null {
  const { maxConcurrency, load } = account;
  if (sentModel(account, facts) === null) return "model-unsupported";
  if (tried.has(account.id)) return "tried";
  if (state.coolingUntilMs !== null && state.coolingUntilMs > nowMs) return "cooling";
  if (familyRestsUntil(state, account, facts) > nowMs) return "family-limited";
  return maxConcurrency !== null && load.inFlight >= maxConcurrency ? "concurrency-full" : null;
}
