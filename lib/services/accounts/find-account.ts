import { type AccountRow, findAccountRow } from "../../db/accounts";
import { authorize, notFound } from "../auth/authorize";
import type { Context } from "../context";

/** The account, for an admin. */
export async function findAccount(ctx: Context, id: string): Promise<AccountRow> {
  authorize(ctx.actor, "account.manage");
  const row = await findAccountRow(ctx.db, id);
  if (!row) throw notFound();
  return row;
}
