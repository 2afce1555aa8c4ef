import { CoolDownOverrides } from "../../contracts/accounts";
import type { CoolDownSettings } from "../../relay/scheduling/cool-down";

/** The rules for an account's rests that are stored with it; null for the portal's own. */
export function coolDownRules(stored: unknown): CoolDownSettings | null {
  const read = CoolDownOverrides.safeParse(stored);
  if (!read.success) return null;
  const { maxSeconds, ignoreLimits, ignoreFailures } = read.data;
  const maxCoolDownMs = maxSeconds === null ? undefined : maxSeconds * 1000;
  return { maxCoolDownMs, ignoreLimits, ignoreFailures };
}
