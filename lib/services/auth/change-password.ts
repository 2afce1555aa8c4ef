import type { ChangePasswordBody } from "../../contracts/auth";
import { revokeSessionsOf } from "../../db/sessions";
import { revokeTokens } from "../../db/tokens";
import { findPasswordHash, updateUserRow } from "../../db/users";
import { AppError } from "../../shared/errors";
import { recordChange } from "../audit/record-change";
import type { Context } from "../context";
import { authorize, signedIn } from "./authorize";
import { hashPassword, passwordFits } from "./password";
import { slowDownName } from "./slow-down";

/** Changes the actor's own password; every other session of the account ends. */
export async function changePassword(ctx: Context, input: ChangePasswordBody): Promise<void> {
  authorize(ctx.actor, "me.update");
  const { id } = signedIn(ctx.actor);
  const attempt = `password:${id}`;
  await slowDownName(ctx, attempt);
  if (!(await passwordFits(await findPasswordHash(ctx.db, id), input.current))) {
    throw new AppError("invalid_request", "The current password is wrong.", {
      fields: { current: "This is not the current password." },
    });
  }
  await ctx.attempts.clear(attempt);
  const passwordHash = await hashPassword(input.password);
  const now = new Date(ctx.clock.nowMs());
  const own = ctx.actor.kind === "user" ? ctx.actor.sessionId : null;
  await ctx.db.$transaction(async (tx) => {
    await updateUserRow(tx, id, { passwordHash });
    await revokeTokens(tx, "reset-password", now, id);
    const sessions = await revokeSessionsOf(tx, id, now, own);
    await recordChange(ctx, tx, {
      action: "user.change-password",
      objectKind: "user",
      objectId: id,
      after: { endedSessions: sessions },
    });
  });
}
