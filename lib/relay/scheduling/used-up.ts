import type { PoolAccount } from "../model";

/** A window that holds for the whole account: "5h", "7d", and none of a class of models ("7d_opus"). */
const WHOLE = /^\d+[hd]$/;

/** Until when an account is held back by a quota of its own or of its provider's; null when by none. */
export function heldUntil(
  account: Pick<PoolAccount, "pauseAtPercent" | "windows" | "spentUntilMs">,
  nowMs: number,
): number | null {
  const { spentUntilMs } = account;
  const window = usedUpUntil(account, nowMs);
  if (spentUntilMs === null || spentUntilMs <= nowMs) return window;
  return Math.max(spentUntilMs, window ?? 0);
}

/**
 * Until when an account is held back because one of its quota windows has reached the share at which its
 * admin wants it paused; null when none has. A window that has begun anew since it was told holds nothing.
 */
export function usedUpUntil(
  { pauseAtPercent, windows }: Pick<PoolAccount, "pauseAtPercent" | "windows">,
  nowMs: number,
): number | null {
  if (pauseAtPercent === null) return null;
  let untilMs: number | null = null;
  for (const { name, usedPercent, resetsAtMs } of windows) {
    if (!WHOLE.test(name) || usedPercent < pauseAtPercent) continue;
    if (resetsAtMs !== null && resetsAtMs > nowMs) untilMs = Math.max(untilMs ?? 0, resetsAtMs);
  }
  return untilMs;
}
