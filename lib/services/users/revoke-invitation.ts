import { revokeInvitationRow } from "../../db/tokens";
import { recordChange } from "../audit/record-change";
import { authorize, notFound } from "../auth/authorize";
import type { Context } from "../context";

/** Makes an invitation's link worthless (admins). */
export async function revokeInvitation(ctx: Context, input: { id: string }): Promise<void> {
  authorize(ctx.actor, "user.manage");
  await ctx.db.$transaction(async (tx) => {
    const at = new Date(ctx.clock.nowMs());
    if (!(await revokeInvitationRow(tx, input.id, at))) throw notFound();
    await recordChange(ctx, tx, {
      action: "invitation.revoke",
      objectKind: "invitation",
      objectId: input.id,
    });
  });
}
