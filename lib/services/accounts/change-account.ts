import type { Account } from "../../contracts/accounts";
import {
  type AccountFields,
  type AccountRow,
  findAccountRow,
  updateAccountRow,
} from "../../db/accounts";
import type { Db } from "../../db/client";
import { recordChange } from "../audit/record-change";
import { notFound } from "../auth/authorize";
import type { Context } from "../context";
import { auditedAccount } from "./audited-account";
import { showOneAccount } from "./show-accounts";

/**
 * Writes an authorized change of an account together with its audit row, then tells every process.
 * `also` runs in the same transaction.
 */
export async function changeAccount(
  ctx: Context,
  row: AccountRow,
  action: string,
  fields: AccountFields,
  also: (tx: Db) => Promise<void> = async () => {},
): Promise<Account> {
  const after = await ctx.db.$transaction(async (tx) => {
    await updateAccountRow(tx, row.id, fields);
    await also(tx);
    const changed = await findAccountRow(tx, row.id);
    if (!changed) throw notFound();
    await recordChange(ctx, tx, {
      action,
      objectKind: "account",
      objectId: row.id,
      before: auditedAccount(row),
      after: auditedAccount(changed),
    });
    return changed;
  });
  await ctx.changed("accounts", row.id);
  return showOneAccount(ctx, after);
}
