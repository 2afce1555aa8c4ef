import { z } from "zod";
import type { RoutingDecision, RoutingState } from "../../contracts/routing";
import { listAccountRows } from "../../db/accounts";
import { type DecisionRow, listDecisions } from "../../db/decisions";
import { readStoredSettings } from "../../db/settings";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";
import { heldSettings } from "../settings/stored";
import { accountNames } from "./account-names";

const LATEST = 30;
const DAY_MS = 86_400_000;

const Trace = z
  .object({
    strategy: z.string(),
    sticky: z.string(),
    excluded: z.array(z.object({ accountId: z.string(), reason: z.string() })),
    candidates: z.array(z.object({ accountId: z.string() })),
  })
  .catch({ strategy: "", sticky: "none", excluded: [], candidates: [] });

/** How accounts are chosen now, the accounts to choose from, and the latest choices (admins). */
export async function readRouting(ctx: Context): Promise<RoutingState> {
  authorize(ctx.actor, "account.manage");
  const since = new Date(ctx.clock.nowMs() - DAY_MS);
  const [settings, accounts, rows] = await Promise.all([
    readStoredSettings(ctx.db),
    listAccountRows(ctx.db),
    listDecisions(ctx.db, since, LATEST),
  ]);
  const named = await accountNames(ctx, rows.flatMap(idsOf));
  const { strategy, stickyTtlSeconds } = heldSettings(settings).relay;
  return {
    strategy,
    stickyTtlSeconds,
    accounts: accounts.map(({ id, name, enabled, priority, weight, maxConcurrency, sharing }) => {
      return { id, name, enabled, priority, weight, maxConcurrency, sharing };
    }),
    decisions: rows.map((row) => shown(row, named)),
  };
}

type Named = Awaited<ReturnType<typeof accountNames>>;

function idsOf({ account_id, decision }: DecisionRow): string[] {
  const { excluded, candidates } = Trace.parse(decision);
  return [account_id, ...[...excluded, ...candidates].map(({ accountId }) => accountId)];
}

function shown(row: DecisionRow, named: Named): RoutingDecision {
  const { strategy, sticky, excluded, candidates } = Trace.parse(row.decision);
  return {
    requestId: row.request_id,
    attempt: row.attempt,
    at: row.started_at.toISOString(),
    model: row.model,
    strategy,
    sticky,
    chosen: named(row.account_id),
    candidates: candidates.map(({ accountId }) => named(accountId)),
    excluded: excluded.map(({ accountId, reason }) => ({ ...named(accountId), reason })),
  };
}
