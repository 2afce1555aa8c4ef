import type { Overview } from "../../contracts/overview";
import { countLiveKeys } from "../../db/keys";
import { listRequestRows } from "../../db/requests";
import { readStoredSettings } from "../../db/settings";
import { spendOfUsers } from "../../db/spend";
import { findUserLimits } from "../../db/users";
import { divideRounded } from "../../shared/money";
import { notFound, signedIn } from "../auth/authorize";
import type { Context } from "../context";
import { spendBars, spendPeriods } from "../keys/spend-bars";
import { showRequests } from "../requests/show-requests";
import { heldSettings } from "../settings/stored";
import { periodAt } from "../usage/periods";
import { drawSeries, summarize, tabulate } from "../usage-pages/usage-of-scope";
import { ownScope, readerZone } from "../usage-pages/usage-scope";

const DAY_MS = 86_400_000;
const RECENT = 8;
const TOP = 5;

/** What the member's first page shows, in one reading. */
export async function readOverview(ctx: Context): Promise<Overview> {
  const scope = ownScope(ctx);
  const { id: userId } = signedIn(ctx.actor);
  const nowMs = ctx.clock.nowMs();
  const to = new Date(nowMs);
  const since = (fromMs: number) => ({ from: new Date(fromMs), to, userId });
  const midnight = periodAt("day", nowMs, readerZone(ctx)).fromMs;
  const [today, week, month, series, top, recent, liveKeys, budgets] = await Promise.all([
    summarize(ctx, scope, since(midnight)),
    summarize(ctx, scope, since(nowMs - 7 * DAY_MS)),
    summarize(ctx, scope, since(nowMs - 30 * DAY_MS)),
    drawSeries(ctx, scope, since(nowMs - 29 * DAY_MS), "model", "day"),
    tabulate(ctx, scope, since(nowMs - 30 * DAY_MS), "model"),
    listRequestRows(ctx.db, { from: new Date(nowMs - 30 * DAY_MS), userId }, null, RECENT),
    countLiveKeys(ctx.db, userId),
    readBudgets(ctx, userId),
  ]);
  return {
    today,
    week,
    month,
    series,
    topModels: top.rows.slice(0, TOP),
    budgets,
    forecastMonthMicroUsd: forecast(budgets, BigInt(week.now.chargeMicroUsd), nowMs),
    recent: await showRequests(ctx, recent, false),
    liveKeys,
  };
}

async function readBudgets(ctx: Context, userId: string): Promise<Overview["budgets"]> {
  const limits = await findUserLimits(ctx.db, userId);
  if (!limits) throw notFound();
  const { timeZone } = heldSettings(await readStoredSettings(ctx.db));
  const nowMs = ctx.clock.nowMs();
  const spend = await spendOfUsers(ctx.db, [userId], spendPeriods(nowMs, timeZone));
  return spendBars(spend.get(userId), limits, nowMs, timeZone);
}

/** Spent this month, and the rest of it at the pace of the last seven days. */
function forecast(budgets: Overview["budgets"], weekCharge: bigint, nowMs: number): string {
  const month = budgets.find(({ period }) => period === "month");
  if (!month?.resetsAt) return "0";
  const restMs = BigInt(Math.max(Date.parse(month.resetsAt) - nowMs, 0));
  const rest = divideRounded(weekCharge * restMs, BigInt(7 * DAY_MS));
  return (BigInt(month.spentMicroUsd) + rest).toString();
}
