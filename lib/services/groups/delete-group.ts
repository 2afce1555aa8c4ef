import { countBoundKeys, deleteGroupRow, findGroupRow } from "../../db/groups";
import { AppError } from "../../shared/errors";
import { recordChange } from "../audit/record-change";
import { authorize, notFound } from "../auth/authorize";
import type { Context } from "../context";
import { auditedGroup } from "./group-form";

/**
 * Removes a group; its accounts stay (admins). Throws `conflict` while keys are bound to it: without it they
 * would be served by nobody.
 */
export async function deleteGroup(ctx: Context, { id }: { id: string }): Promise<void> {
  authorize(ctx.actor, "account.manage");
  await ctx.db.$transaction(async (tx) => {
    const row = await findGroupRow(tx, id);
    if (!row) throw notFound();
    const keys = (await countBoundKeys(tx, [id])).get(id) ?? 0;
    if (keys > 0) {
      const bound = keys === 1 ? "1 key is" : `${keys} keys are`;
      throw new AppError("conflict", `${bound} bound to this group: bind them to something else.`);
    }
    await deleteGroupRow(tx, id);
    await recordChange(ctx, tx, {
      action: "group.delete",
      objectKind: "group",
      objectId: id,
      before: auditedGroup(row),
    });
  });
  await ctx.changed("accounts");
}
