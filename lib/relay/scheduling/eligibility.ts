import { familyOf } from "../families";
import { mapThrough } from "../mapping";
import type { PoolAccount } from "../model";
import type { ExclusionReason } from "../ports";
import type { ChoiceFacts } from "./facts";

interface Moment {
  tried: ReadonlySet<string>;
  nowMs: number;
  /** Account ids that the key's binding allows; null for the whole pool. */
  bound: ReadonlySet<string> | null;
}

type Rule = (account: PoolAccount, facts: ChoiceFacts, moment: Moment) => boolean;

/** In this order: the first rule that holds is the account's one reason. */
const EXCLUSIONS: readonly (readonly [ExclusionReason, Rule])[] = [
  ["not-bound", isNotBound],
  [
    "no-consent",
    ({ consent }, { key }) => consent !== null && !consent.userIds.includes(key.ownerId),
  ],
  [
    "protocol-unreachable",
    (account, facts) => facts.protocolOf(account.provider) !== facts.protocol,
  ],
  ["disabled", (account) => !account.enabled],
  [
    "plan-expired",
    ({ planExpiresAtMs }, _, { nowMs }) => planExpiresAtMs !== null && planExpiresAtMs <= nowMs,
  ],
  ["stopped", (account) => account.state.stopped !== null],
  ["not-schedulable", (account) => !account.schedulable],
  ["draining", (account, facts) => account.draining && facts.stickyAccountId !== account.id],
  ["model-unsupported", (account, facts) => sentModel(account, facts) === null],
  ["tried", (account, _, { tried }) => tried.has(account.id)],
  ["cooling", ({ state }, _, { nowMs }) => (state.coolingUntilMs ?? 0) > nowMs],
  ["family-limited", isFamilyLimited],
  [
    "concurrency-full",
    ({ maxConcurrency, load }) => maxConcurrency !== null && load.inFlight >= maxConcurrency,
  ],
];

/** Why the account cannot take this call now; null when it can. */
export function exclusionOf(
  account: PoolAccount,
  facts: ChoiceFacts,
  moment: Moment,
): ExclusionReason | null {
  return EXCLUSIONS.find(([, holds]) => holds(account, facts, moment))?.[0] ?? null;
}

/** The name that this account's upstream is asked for; null when it does not serve the model. */
export function sentModel(
  account: Pick<PoolAccount, "modelMap">,
  facts: Pick<ChoiceFacts, "model" | "key">,
): string | null {
  return mapThrough(facts.key.modelMap, account.modelMap, facts.model)?.model ?? null;
}

/** A dedicated account serves only keys that are bound to it; one in groups serves groups and all. */
function isNotBound(account: PoolAccount, _: ChoiceFacts, { bound }: Moment): boolean {
  if (bound) return !bound.has(account.id);
  return account.sharing !== "shared";
}

function isFamilyLimited(account: PoolAccount, facts: ChoiceFacts, { nowMs }: Moment): boolean {
  const model = sentModel(account, facts);
  if (model === null) return false;
  return (account.state.limitedFamilies[familyOf(model)] ?? 0) > nowMs;
}
