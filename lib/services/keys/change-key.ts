import type { Key } from "../../contracts/keys";
import type { Db } from "../../db/client";
import { findKeyRow, type KeyFields, type KeyRow, updateKeyRow } from "../../db/keys";
import { recordChange } from "../audit/record-change";
import { notFound } from "../auth/authorize";
import type { Context } from "../context";
import { auditedKey } from "./key-columns";
import { showOneKey } from "./show-keys";

/**
 * Writes an authorized change of a key together with its audit row, then tells every process.
 * `also` runs in the same transaction.
 */
export async function changeKey(
  ctx: Context,
  row: KeyRow,
  action: string,
  fields: KeyFields,
  also: (tx: Db) => Promise<void> = async () => {},
): Promise<Key> {
  const after = await ctx.db.$transaction(async (tx) => {
    await updateKeyRow(tx, row.id, fields);
    await also(tx);
    const changed = await findKeyRow(tx, row.id);
    if (!changed) throw notFound();
    await recordChange(ctx, tx, {
      action,
      objectKind: "key",
      objectId: row.id,
      before: auditedKey(row),
      after: auditedKey(changed),
    });
    return changed;
  });
  await ctx.changed("keys", row.id);
  return showOneKey(ctx, after);
}
