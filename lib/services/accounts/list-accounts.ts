import type { Account } from "../../contracts/accounts";
import { listAccountRows } from "../../db/accounts";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";
import { showAccounts } from "./show-accounts";

/** The whole pool with its live states, newest first (admins). */
export async function listAccounts(ctx: Context): Promise<Account[]> {
  authorize(ctx.actor, "account.manage");
  return showAccounts(ctx, await listAccountRows(ctx.db));
}
