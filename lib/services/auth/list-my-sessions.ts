import type { SessionRow } from "../../contracts/auth";
import { listLiveSessions } from "../../db/sessions";
import type { Context } from "../context";
import { authorize, signedIn } from "./authorize";

/** Browsers that are signed in as the actor, last seen first. */
export async function listMySessions(ctx: Context): Promise<SessionRow[]> {
  authorize(ctx.actor, "session.list");
  const now = new Date(ctx.clock.nowMs());
  const rows = await listLiveSessions(ctx.db, signedIn(ctx.actor).id, now);
  const own = ctx.actor.kind === "user" ? ctx.actor.sessionId : null;
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    current: row.id === own,
  }));
}
