import { familyOf } from "../families";
import type { PoolAccount } from "../model";
import { sentModel } from "./eligibility";
import type { ChoiceFacts } from "./facts";

/** An attempt that has not told within this how it went no longer speaks for the others. */
const PROBE_MS = 5_000;

/**
 * Is somebody finding out at this moment whether the account's rest was long enough? Until the first
 * request after a rest has been answered, the others are better off elsewhere: otherwise all that
 * arrive meanwhile run into the same refusal together.
 */
export function isBeingProbed(account: PoolAccount, facts: ChoiceFacts, nowMs: number): boolean {
  const restedUntilMs = restEnd(account, facts);
  const { lastUsedAtMs } = account.load;
  if (restedUntilMs === 0 || restedUntilMs > nowMs) return false;
  return lastUsedAtMs >= restedUntilMs && nowMs - lastUsedAtMs < PROBE_MS;
}

/** End of the last rest that no success has confirmed since; 0 for none. */
function restEnd(account: PoolAccount, facts: ChoiceFacts): number {
  const { coolingReason, coolingUntilMs, limitedFamilies } = account.state;
  const model = sentModel(account, facts);
  const family = model === null ? 0 : (limitedFamilies[familyOf(model)] ?? 0);
  return Math.max(coolingReason === null ? 0 : (coolingUntilMs ?? 0), family);
}
