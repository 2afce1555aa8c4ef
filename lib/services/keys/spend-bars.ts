import type { KeySpend } from "../../contracts/keys";
import type { Spend, SpendPeriods } from "../../db/spend";
import { periodAt } from "../usage/periods";

const NOTHING: Spend = { day: 0n, week: 0n, month: 0n, total: 0n };

interface MoneyLimits {
  dailyLimitMicroUsd: bigint | null;
  weeklyLimitMicroUsd: bigint | null;
  monthlyLimitMicroUsd: bigint | null;
  totalLimitMicroUsd: bigint | null;
}

/** Where the running day, week and month began in the portal's time zone. */
export function spendPeriods(nowMs: number, timeZone: string): SpendPeriods {
  const start = (name: "day" | "week" | "month") =>
    new Date(periodAt(name, nowMs, timeZone).fromMs);
  return { day: start("day"), week: start("week"), month: start("month") };
}

/** Spent and limit for each period, with the moment at which the next period begins. */
export function spendBars(
  spend: Spend | undefined,
  limits: MoneyLimits,
  nowMs: number,
  timeZone: string,
): KeySpend[] {
  const { day, week, month, total } = spend ?? NOTHING;
  const bar = (period: KeySpend["period"], spent: bigint, limit: bigint | null): KeySpend => ({
    period,
    spentMicroUsd: spent.toString(),
    limitMicroUsd: limit?.toString() ?? null,
    resetsAt:
      period === "total" ? null : new Date(periodAt(period, nowMs, timeZone).toMs).toISOString(),
  });
  return [
    bar("day", day, limits.dailyLimitMicroUsd),
    bar("week", week, limits.weeklyLimitMicroUsd),
    bar("month", month, limits.monthlyLimitMicroUsd),
    bar("total", total, limits.totalLimitMicroUsd),
  ];
}
