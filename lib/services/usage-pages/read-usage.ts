import type { z } from "zod";
import type {
  PoolUsageQuery,
  PoolUsageSeriesQuery,
  PoolUsageTableQuery,
  UsageQuery,
  UsageSeries,
  UsageSeriesQuery,
  UsageSummary,
  UsageTable,
  UsageTableQuery,
} from "../../contracts/usage";
import type { Context } from "../context";
import { drawSeries, summarize, tabulate } from "./usage-of-scope";
import { filterOf, ownScope, wholeScope } from "./usage-scope";

/** The actor's own usage in a range, beside the range before. */
export async function readUsageSummary(
  ctx: Context,
  input: z.output<typeof UsageQuery>,
): Promise<UsageSummary> {
  const scope = ownScope(ctx);
  return summarize(ctx, scope, filterOf(scope, input));
}

/** The actor's own usage over time. */
export async function readUsageSeries(
  ctx: Context,
  { step, by, ...range }: z.output<typeof UsageSeriesQuery>,
): Promise<UsageSeries> {
  const scope = ownScope(ctx);
  return drawSeries(ctx, scope, filterOf(scope, range), by, step);
}

/** The actor's own usage by group. */
export async function readUsageTable(
  ctx: Context,
  { by, ...range }: z.output<typeof UsageTableQuery>,
): Promise<UsageTable> {
  const scope = ownScope(ctx);
  return tabulate(ctx, scope, filterOf(scope, range), by);
}

/** Everybody's usage in a range, beside the range before (admins). */
export async function readPoolUsageSummary(
  ctx: Context,
  input: z.output<typeof PoolUsageQuery>,
): Promise<UsageSummary> {
  const scope = wholeScope(ctx);
  return summarize(ctx, scope, filterOf(scope, input));
}

/** Everybody's usage over time (admins). */
export async function readPoolUsageSeries(
  ctx: Context,
  { step, by, ...range }: z.output<typeof PoolUsageSeriesQuery>,
): Promise<UsageSeries> {
  const scope = wholeScope(ctx);
  return drawSeries(ctx, scope, filterOf(scope, range), by, step);
}

/** Everybody's usage by group (admins). */
export async function readPoolUsageTable(
  ctx: Context,
  { by, ...range }: z.output<typeof PoolUsageTableQuery>,
): Promise<UsageTable> {
  const scope = wholeScope(ctx);
  return tabulate(ctx, scope, filterOf(scope, range), by);
}
