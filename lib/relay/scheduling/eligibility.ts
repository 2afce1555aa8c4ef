import { familyOf } from "../families";
import { mapThrough } from "../mapping";
import type { AccountState, PoolAccount } from "../model";
import type { ExclusionReason } from "../ports";
import { afterAlias, isForeignName, withoutAlias } from "../translation/own-names";
import type { ChoiceFacts, NamingFacts } from "./facts";
import { heldUntil } from "./used-up";

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

/**
 * The name that this account's upstream is asked for; null when it does not serve the model. Where the
 * call is translated, an alias (`claude-gemini-3-pro`) stands for the name in it, and a name that is
 * known to be another maker's passes only by a mapping.
 */
export function sentModel(
  { modelMap, provider }: Pick<PoolAccount, "modelMap" | "provider">,
  { key, model, protocol, spokenBy }: NamingFacts,
): string | null {
  const spoken = spokenBy(provider);
  if (spoken === protocol || spoken === null) {
    return mapThrough(key.modelMap, modelMap, model)?.model ?? null;
  }
  const listed = afterAlias(model);
  const exact = listed === null ? null : mapThrough(key.modelMap, modelMap, listed);
  if (exact?.rule === "exact" || exact?.rule === "ignoring-case") return exact.model;
  const mapped = mapThrough(key.modelMap, modelMap, withoutAlias(model));
  if (!mapped || mapped.rule !== null) return mapped?.model ?? null;
  return isForeignName(mapped.model, spoken) ? null : mapped.model;
}

/**
 * Lets the account every name pass, and is this one known to be another maker's? It may serve it, as
 * routers do, but those who are known to come first.
 */
export function isStranger(account: PoolAccount, facts: ChoiceFacts): boolean {
  if (account.modelMap.entries.length > 0) return false;
  const spoken = facts.spokenBy(account.provider);
  return spoken !== null && isForeignName(withoutAlias(facts.model), spoken);
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
  { key, spokenBy, admits }: ChoiceFacts,
  { bound }: Moment,
): ExclusionReason | null {
  // A dedicated account serves only keys that are bound to it; one in groups serves groups and all.
  if (bound ? !bound.has(id) : sharing !== "shared") return "not-bound";
  if (consent !== null && !consent.userIds.includes(key.ownerId)) return "no-consent";
  if (spokenBy(provider) === null) return "protocol-unreachable";
  return admits === undefined || admits(provider) ? null : "client-reserved";
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
  if (heldUntil(account, nowMs) !== null) return "quota-reached";
  return maxConcurrency !== null && load.inFlight >= maxConcurrency ? "concurrency-full" : null;
}
