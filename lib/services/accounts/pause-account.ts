import type { Account } from "../../contracts/accounts";
import { insertAccountEvent } from "../../db/accounts";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";
import { changeAccount } from "./change-account";
import { findAccount } from "./find-account";

/** Takes an account out of the choice until it is resumed (admins). */
export async function pauseAccount(ctx: Context, input: { id: string }): Promise<Account> {
  authorize(ctx.actor, "account.manage");
  const row = await findAccount(ctx, input.id);
  return changeAccount(ctx, row, "account.pause", { enabled: false }, (tx) =>
    insertAccountEvent(tx, { accountId: row.id, kind: "paused" }),
  );
}

/** Puts a paused or draining account back into the choice (admins). */
export async function resumeAccount(ctx: Context, input: { id: string }): Promise<Account> {
  authorize(ctx.actor, "account.manage");
  const row = await findAccount(ctx, input.id);
  return changeAccount(ctx, row, "account.resume", { enabled: true, drainingSince: null }, (tx) =>
    insertAccountEvent(tx, { accountId: row.id, kind: "resumed" }),
  );
}
