import type { Account } from "../../contracts/accounts";
import { insertAccountEvent } from "../../db/accounts";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";
import { changeAccount } from "./change-account";
import { findAccount } from "./find-account";

/** Gives an account no new sessions, and lets those that it serves end there (admins). Resuming ends it. */
export async function drainAccount(ctx: Context, input: { id: string }): Promise<Account> {
  authorize(ctx.actor, "account.manage");
  const row = await findAccount(ctx, input.id);
  const drainingSince = row.drainingSince ?? new Date(ctx.clock.nowMs());
  return changeAccount(ctx, row, "account.drain", { drainingSince }, (tx) =>
    insertAccountEvent(tx, { accountId: row.id, kind: "draining" }),
  );
}
