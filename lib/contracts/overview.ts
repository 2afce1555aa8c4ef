import { z } from "zod";
import { MicroUsd } from "./common";
import { KeySpend } from "./keys";
import { RequestRow } from "./requests";
import { UsageGroup, UsageSeries, UsageSummary } from "./usage";

/** A money limit of the member as a whole, over all keys. */
export const Budget = KeySpend;

export const Overview = z.object({
  today: UsageSummary,
  week: UsageSummary,
  month: UsageSummary,
  /** Charge per day of the last 30 days by model. */
  series: UsageSeries,
  topModels: z.array(UsageGroup),
  budgets: z.array(Budget),
  /** Charge of the running calendar month if it goes on as in the last seven days. */
  forecastMonthMicroUsd: MicroUsd,
  recent: z.array(RequestRow),
  liveKeys: z.number(),
});
export type Overview = z.output<typeof Overview>;

export const AdminOverview = z.object({
  today: UsageSummary,
  series: UsageSeries,
  topUsers: z.array(UsageGroup),
  topModels: z.array(UsageGroup),
  accounts: z.object({
    total: z.number(),
    /** State (active, cooling, …) to count. */
    byState: z.record(z.string(), z.number()),
  }),
  users: z.number(),
  liveKeys: z.number(),
  /** Models that were served without a known price in the last seven days. */
  unratedModels: z.array(z.object({ model: z.string(), requests: z.number() })),
  recentFailures: z.array(RequestRow),
});
export type AdminOverview = z.output<typeof AdminOverview>;
