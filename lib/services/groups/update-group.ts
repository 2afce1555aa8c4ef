import type { z } from "zod";
import type { Group, UpdateGroupBody } from "../../contracts/groups";
import {
  findGroupRow,
  isGroupNameTaken,
  replaceGroupMembers,
  updateGroupRow,
} from "../../db/groups";
import { recordChange } from "../audit/record-change";
import { authorize, notFound } from "../auth/authorize";
import type { Context } from "../context";
import { auditedGroup, checkMembers, nameTaken } from "./group-form";
import { showOneGroup } from "./show-groups";

/** Changes a group's name, note or members; from the next second on its keys are served so (admins). */
export async function updateGroup(
  ctx: Context,
  { id, members, ...fields }: z.output<typeof UpdateGroupBody> & { id: string },
): Promise<Group> {
  authorize(ctx.actor, "account.manage");
  const row = await ctx.db.$transaction(async (tx) => {
    const before = await findGroupRow(tx, id);
    if (!before) throw notFound();
    if (fields.name !== undefined && (await isGroupNameTaken(tx, fields.name, id))) {
      throw nameTaken();
    }
    await updateGroupRow(tx, id, fields);
    if (members) {
      await checkMembers(tx, members);
      await replaceGroupMembers(tx, id, members);
    }
    const after = await findGroupRow(tx, id);
    if (!after) throw notFound();
    await recordChange(ctx, tx, {
      action: "group.update",
      objectKind: "group",
      objectId: id,
      before: auditedGroup(before),
      after: auditedGroup(after),
    });
    return after;
  });
  await ctx.changed("accounts");
  return showOneGroup(ctx, row);
}
