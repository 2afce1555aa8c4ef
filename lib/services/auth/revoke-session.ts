import { revokeSessionOf, revokeSessionsOf } from "../../db/sessions";
import { recordChange } from "../audit/record-change";
import type { Context } from "../context";
import { authorize, notFound, signedIn } from "./authorize";

/** Ends one of the actor's own sessions; there are no others to be found. */
export async function revokeSession(ctx: Context, input: { id: string }): Promise<void> {
  const { id: userId } = signedIn(ctx.actor);
  authorize(ctx.actor, "session.revoke", { ownerId: userId });
  const now = new Date(ctx.clock.nowMs());
  await ctx.db.$transaction(async (tx) => {
    if (!(await revokeSessionOf(tx, userId, input.id, now))) throw notFound();
    await recordChange(ctx, tx, {
      action: "session.revoke",
      objectKind: "session",
      objectId: input.id,
    });
  });
}

/** Ends every session of the actor but the one that asks. */
export async function revokeOtherSessions(ctx: Context): Promise<void> {
  const { id: userId } = signedIn(ctx.actor);
  authorize(ctx.actor, "session.revoke", { ownerId: userId });
  const own = ctx.actor.kind === "user" ? ctx.actor.sessionId : null;
  const now = new Date(ctx.clock.nowMs());
  await ctx.db.$transaction(async (tx) => {
    const ended = await revokeSessionsOf(tx, userId, now, own);
    await recordChange(ctx, tx, {
      action: "session.revoke-others",
      objectKind: "user",
      objectId: userId,
      after: { ended },
    });
  });
}
