import type { Account } from "../../contracts/accounts";
import { insertAccountEvent } from "../../db/accounts";
import { clearAccountStop } from "../../db/snapshots";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";
import { changeAccount } from "./change-account";
import { findAccount } from "./find-account";

/** Forgets cool-downs, limits and stops of an account: it is tried again at once (admins). */
export async function resetAccountState(ctx: Context, input: { id: string }): Promise<Account> {
  authorize(ctx.actor, "account.manage");
  const row = await findAccount(ctx, input.id);
  await ctx.live.reset(row.id);
  return changeAccount(ctx, row, "account.reset-state", {}, async (tx) => {
    await clearAccountStop(tx, row.id);
    await insertAccountEvent(tx, { accountId: row.id, kind: "reset" });
  });
}
