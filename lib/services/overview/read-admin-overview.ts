import type { AdminOverview } from "../../contracts/overview";
import { countLiveKeys } from "../../db/keys";
import { listRequestRows } from "../../db/requests";
import { listUnratedModels } from "../../db/usage-pages";
import { countUsers } from "../../db/users";
import { listAccounts } from "../accounts/list-accounts";
import type { Context } from "../context";
import { showRequests } from "../requests/show-requests";
import { periodAt } from "../usage/periods";
import { drawSeries, summarize, tabulate } from "../usage-pages/usage-of-scope";
import { readerZone, wholeScope } from "../usage-pages/usage-scope";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const RECENT = 10;
const TOP = 8;

/** How the whole portal is doing, in one reading (admins). */
export async function readAdminOverview(ctx: Context): Promise<AdminOverview> {
  const scope = wholeScope(ctx);
  const nowMs = ctx.clock.nowMs();
  const to = new Date(nowMs);
  const since = (fromMs: number) => ({ from: new Date(fromMs), to });
  const midnight = periodAt("day", nowMs, readerZone(ctx)).fromMs;
  const week = since(nowMs - 7 * DAY_MS);
  const [today, series, users, models, accounts, userCount, liveKeys, unrated, failures] =
    await Promise.all([
      summarize(ctx, scope, since(midnight)),
      drawSeries(ctx, scope, since(nowMs - DAY_MS + HOUR_MS), "model", "hour"),
      tabulate(ctx, scope, week, "user"),
      tabulate(ctx, scope, week, "model"),
      listAccounts(ctx),
      countUsers(ctx.db),
      countLiveKeys(ctx.db),
      listUnratedModels(ctx.db, week.from),
      listRequestRows(ctx.db, { from: week.from, outcomes: ["failed", "cut"] }, null, RECENT),
    ]);
  return {
    today,
    series,
    topUsers: users.rows.slice(0, TOP),
    topModels: models.rows.slice(0, TOP),
    accounts: { total: accounts.length, byState: countStates(accounts) },
    users: userCount,
    liveKeys,
    unratedModels: unrated.map(({ model, requests }) => ({ model, requests: Number(requests) })),
    recentFailures: await showRequests(ctx, failures, true),
  };
}

function countStates(accounts: readonly { state: { kind: string } }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { state } of accounts) counts[state.kind] = (counts[state.kind] ?? 0) + 1;
  return counts;
}
