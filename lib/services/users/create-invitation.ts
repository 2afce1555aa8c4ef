import type { z } from "zod";
import type { CreateInvitationBody, OneTimeLink } from "../../contracts/users";
import { insertToken } from "../../db/tokens";
import { recordChange } from "../audit/record-change";
import { authorize } from "../auth/authorize";
import { makeLinkToken } from "../auth/link-token";
import type { Context } from "../context";

const DAY_MS = 86_400_000;

/** An invitation; its link is in this answer only (admins). */
export async function createInvitation(
  ctx: Context,
  input: z.output<typeof CreateInvitationBody>,
): Promise<OneTimeLink> {
  authorize(ctx.actor, "user.manage");
  const { days, ...invitation } = input;
  const { token, hash } = makeLinkToken();
  const expiresAt = new Date(ctx.clock.nowMs() + days * DAY_MS);
  const createdById = ctx.actor.kind === "user" ? ctx.actor.user.id : null;
  const id = await ctx.db.$transaction(async (tx) => {
    const made = await insertToken(tx, {
      kind: "invitation",
      hash,
      ...invitation,
      createdById,
      expiresAt,
    });
    await recordChange(ctx, tx, {
      action: "invitation.create",
      objectKind: "invitation",
      objectId: made,
      after: { ...invitation, expiresAt },
    });
    return made;
  });
  const url = `${ctx.publicUrl}/sign-up?invitation=${token}`;
  return { id, url, expiresAt: expiresAt.toISOString() };
}
