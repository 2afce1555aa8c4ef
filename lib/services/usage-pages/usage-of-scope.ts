import type { UsageGroup, UsageSeries, UsageSummary, UsageTable } from "../../contracts/usage";
import {
  OTHERS,
  sumUsage,
  sumUsageBy,
  sumUsageOverTime,
  type UsageColumn,
  type UsageFilter,
  type UsageStep,
  type UsageSumsRow,
} from "../../db/usage-pages";
import type { Context } from "../context";
import { groupLabels } from "./group-labels";
import { addSums, showSums } from "./show-sums";
import { readerZone, type UsageScope } from "./usage-scope";
import { stepsOf } from "./usage-steps";

const SHOWN_GROUPS = 8;
const MAX_GROUPS = 1_000;

/** The sums of a range beside those of the range of the same length before it. */
export async function summarize(
  ctx: Context,
  scope: UsageScope,
  filter: UsageFilter,
): Promise<UsageSummary> {
  const { from, to } = filter;
  const before = { from: new Date(2 * from.getTime() - to.getTime()), to: from };
  const [now, earlier] = await Promise.all([
    sumUsage(ctx.db, filter),
    sumUsage(ctx.db, { ...filter, ...before }),
  ]);
  return {
    range: { from: from.toISOString(), to: to.toISOString() },
    now: showSums(now, scope.withCost),
    before: showSums(earlier, scope.withCost),
  };
}

/** Every group of a range with its sums, dearest first. */
export async function tabulate(
  ctx: Context,
  scope: UsageScope,
  filter: UsageFilter,
  by: UsageColumn,
): Promise<UsageTable> {
  const rows = await sumUsageBy(ctx.db, filter, by, MAX_GROUPS);
  return {
    rows: await showGroups(ctx, scope, by, rows),
    total: showSums(addSums(rows), scope.withCost),
  };
}

/** The dearest groups of a range over time, and the rest as one. */
export async function drawSeries(
  ctx: Context,
  scope: UsageScope,
  filter: UsageFilter,
  by: UsageColumn,
  step: UsageStep,
): Promise<UsageSeries> {
  const zone = readerZone(ctx);
  const steps = stepsOf(filter.from, filter.to, step, zone);
  const all = await sumUsageBy(ctx.db, filter, by, MAX_GROUPS);
  const shown = all.slice(0, SHOWN_GROUPS);
  const rest = all.slice(SHOWN_GROUPS);
  const ids = shown.map(({ id }) => id);
  const rows = await sumUsageOverTime(ctx.db, filter, by, ids, step, zone);
  const byStep = byMoment(rows);
  const others = rest.length > 0 ? [{ ...addSums(rest), id: OTHERS }] : [];
  return {
    step,
    groups: await showGroups(ctx, scope, by, [...shown, ...others]),
    points: steps.map((at) => ({
      at: at.toISOString(),
      sums: Object.fromEntries(
        (byStep.get(at.getTime()) ?? []).map((row) => [row.id, showSums(row, scope.withCost)]),
      ),
    })),
  };
}

async function showGroups(
  ctx: Context,
  scope: UsageScope,
  by: UsageColumn,
  rows: readonly (UsageSumsRow & { id: string })[],
): Promise<UsageGroup[]> {
  const label = await groupLabels(
    ctx,
    by,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    id: row.id,
    label: label(row.id),
    sums: showSums(row, scope.withCost),
  }));
}

function byMoment<R extends { at: Date }>(rows: readonly R[]): Map<number, R[]> {
  const grouped = new Map<number, R[]>();
  for (const row of rows) {
    const same = grouped.get(row.at.getTime());
    if (same) same.push(row);
    else grouped.set(row.at.getTime(), [row]);
  }
  return grouped;
}
