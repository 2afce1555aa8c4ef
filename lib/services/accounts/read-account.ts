import type { AccountDetail } from "../../contracts/accounts";
import { listAccountEvents, listProbes, listUsageWindows } from "../../db/accounts";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";
import { findAccount } from "./find-account";
import { showOneAccount } from "./show-accounts";

/** An account with its history, quota windows and tests (admins). */
export async function readAccount(ctx: Context, input: { id: string }): Promise<AccountDetail> {
  authorize(ctx.actor, "account.manage");
  const row = await findAccount(ctx, input.id);
  const [account, events, windows, probes] = await Promise.all([
    showOneAccount(ctx, row),
    listAccountEvents(ctx.db, row.id),
    listUsageWindows(ctx.db, row.id),
    listProbes(ctx.db, row.id),
  ]);
  return {
    account,
    events: events.map(({ accountId: _, untilAt, at, ...event }) => ({
      ...event,
      at: at.toISOString(),
      until: untilAt?.toISOString() ?? null,
    })),
    windows: windows.map(({ accountId: _, resetsAt, seenAt, ...window }) => ({
      ...window,
      resetsAt: resetsAt?.toISOString() ?? null,
      seenAt: seenAt.toISOString(),
    })),
    probes: probes.map(({ accountId: _, at, ...probe }) => ({ ...probe, at: at.toISOString() })),
  };
}
