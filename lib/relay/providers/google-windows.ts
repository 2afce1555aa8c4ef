import type { AppError } from "../../shared/errors";
import type { QuotaWindow } from "./quota-window";

/**
 * Google states no share of a quota, only that it is used up, for a model, and for how long: drawn as a full
 * window of that model's family until then.
 * @see https://ai.google.dev/gemini-api/docs/rate-limits
 */
export function googleLimitedWindows({ code, detail }: AppError, nowMs: number): QuotaWindow[] {
  const { family, resetAtMs, retryAfterSeconds } = detail;
  if (code !== "upstream_limited" || !family) return [];
  const waitMs = retryAfterSeconds === undefined ? null : retryAfterSeconds * 1_000;
  const resetsAtMs = resetAtMs ?? (waitMs === null ? null : nowMs + waitMs);
  if (resetsAtMs === null) return [];
  return [{ name: family, usedPercent: 100, status: "exhausted", resetsAtMs }];
}
