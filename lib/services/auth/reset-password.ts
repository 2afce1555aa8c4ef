import type { ResetPasswordBody } from "../../contracts/auth";
import { revokeSessionsOf } from "../../db/sessions";
import { claimToken, revokeTokens } from "../../db/tokens";
import { updateUserRow } from "../../db/users";
import { recordChange } from "../audit/record-change";
import type { Context } from "../context";
import { authorize, notFound } from "./authorize";
import { hashLinkToken } from "./link-token";
import { hashPassword } from "./password";
import { slowDownAddress } from "./slow-down";

/** Sets a new password from a reset link and ends every session of the account. */
export async function resetPassword(ctx: Context, input: ResetPasswordBody): Promise<void> {
  authorize(ctx.actor, "account-links.use");
  await slowDownAddress(ctx);
  const passwordHash = await hashPassword(input.password);
  const now = new Date(ctx.clock.nowMs());
  await ctx.db.$transaction(async (tx) => {
    const token = await claimToken(tx, "reset-password", hashLinkToken(input.token), now);
    if (!token?.userId) throw notFound();
    await updateUserRow(tx, token.userId, { passwordHash });
    await revokeTokens(tx, "reset-password", now, token.userId);
    const sessions = await revokeSessionsOf(tx, token.userId, now);
    await recordChange(ctx, tx, {
      action: "user.reset-password",
      objectKind: "user",
      objectId: token.userId,
      after: { endedSessions: sessions },
    });
  });
}
