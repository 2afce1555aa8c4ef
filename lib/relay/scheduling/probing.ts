import type { AccountState, PoolAccount } from "../model";
import { familyRestsUntil } from "./eligibility";
import type { ChoiceFacts } from "./facts";

/** An attempt that has not told within this how it went no longer speaks for the others. */
const PROBE_MS = 5_000;

/**
 * Is somebody finding out at this moment whether the account's rest was long enough? Until the first
 * request after a rest has been answered, the others are better off elsewhere: otherwise all that
 * arrive meanwhile run into the same refusal together. `state` is the account's.
 */
export function isBeingProbed(
  account: PoolAccount,
  facts: ChoiceFacts,
  nowMs: number,
  state: AccountState,
): boolean {
  const restedUntilMs = restEnd(account, facts, state);
  const { lastUsedAtMs } = account.load;
  if (restedUntilMs === 0 || restedUntilMs > nowMs) return false;
  return lastUsedAtMs >= restedUntilMs && nowMs - lastUsedAtMs < PROBE_MS;
}

/** End of the last rest that no success has confirmed since; 0 for none. */
function restEnd(account: PoolAccount, facts: ChoiceFacts, state: AccountState): number {
  const cooling = state.coolingReason === null ? 0 : (state.coolingUntilMs ?? 0);
  return Math.max(cooling, familyRestsUntil(state, account, facts));
}
