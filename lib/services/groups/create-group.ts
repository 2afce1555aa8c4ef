import type { z } from "zod";
import type { CreateGroupBody, Group } from "../../contracts/groups";
import { findGroupRow, insertGroup, replaceGroupMembers } from "../../db/groups";
import { recordChange } from "../audit/record-change";
import { authorize, notFound } from "../auth/authorize";
import type { Context } from "../context";
import { auditedGroup, checkMembers, nameTaken } from "./group-form";
import { showOneGroup } from "./show-groups";

/** Makes a group of accounts (admins). Throws `conflict` when the name is taken. */
export async function createGroup(
  ctx: Context,
  { members = [], ...fields }: z.output<typeof CreateGroupBody>,
): Promise<Group> {
  authorize(ctx.actor, "account.manage");
  const row = await ctx.db.$transaction(async (tx) => {
    await checkMembers(tx, members);
    const id = await insertGroup(tx, fields);
    if (id === null) throw nameTaken();
    await replaceGroupMembers(tx, id, members);
    const made = await findGroupRow(tx, id);
    if (!made) throw notFound();
    await recordChange(ctx, tx, {
      action: "group.create",
      objectKind: "group",
      objectId: id,
      after: auditedGroup(made),
    });
    return made;
  });
  await ctx.changed("accounts");
  return showOneGroup(ctx, row);
}
