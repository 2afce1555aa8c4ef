import type { Invitation } from "../../contracts/users";
import { listInvitationRows } from "../../db/tokens";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";

type Row = Awaited<ReturnType<typeof listInvitationRows>>[number];

/** The last 200 invitations, newest first (admins). */
export async function listInvitations(ctx: Context): Promise<Invitation[]> {
  authorize(ctx.actor, "user.manage");
  const nowMs = ctx.clock.nowMs();
  return (await listInvitationRows(ctx.db)).map((row) => ({
    id: row.id,
    email: row.email,
    role: row.role,
    note: row.note,
    uses: row.uses,
    maxUses: row.maxUses,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    state: stateOf(row, nowMs),
  }));
}

function stateOf(row: Row, nowMs: number): Invitation["state"] {
  if (row.revokedAt) return "revoked";
  if (row.uses >= row.maxUses) return "used";
  return row.expiresAt.getTime() <= nowMs ? "expired" : "open";
}
