import type { OneTimeLink } from "../../contracts/users";
import { insertToken, revokeTokens } from "../../db/tokens";
import { findUserProfile } from "../../db/users";
import { recordChange } from "../audit/record-change";
import { authorize, notFound } from "../auth/authorize";
import { makeLinkToken } from "../auth/link-token";
import type { Context } from "../context";

const LIFE_MS = 24 * 3_600_000;

/** A link, good for a day and one use, with which a user sets a new password (admins). */
export async function createResetLink(ctx: Context, input: { id: string }): Promise<OneTimeLink> {
  authorize(ctx.actor, "user.manage");
  const user = await findUserProfile(ctx.db, input.id);
  if (!user) throw notFound();
  const { token, hash } = makeLinkToken();
  const nowMs = ctx.clock.nowMs();
  const expiresAt = new Date(nowMs + LIFE_MS);
  const id = await ctx.db.$transaction(async (tx) => {
    await revokeTokens(tx, "reset-password", new Date(nowMs), user.id);
    const made = await insertToken(tx, {
      kind: "reset-password",
      hash,
      userId: user.id,
      email: user.email,
      expiresAt,
    });
    await recordChange(ctx, tx, {
      action: "reset-link.create",
      objectKind: "user",
      objectId: user.id,
      after: { expiresAt },
    });
    return made;
  });
  const url = `${ctx.publicUrl}/reset-password?token=${token}`;
  return { id, url, expiresAt: expiresAt.toISOString() };
}
