import { findKeyRow, type KeyRow } from "../../db/keys";
import { AppError } from "../../shared/errors";
import { type Action, authorize, notFound } from "../auth/authorize";
import type { Context } from "../context";

/** The key, if this actor may do that to it. A key of somebody else's is as good as none. */
export async function findKeyFor(ctx: Context, id: string, action: Action): Promise<KeyRow> {
  // Nobody learns from the time of a look-up, either: strangers are sent away first.
  authorize(ctx.actor, "key.list");
  const row = await findKeyRow(ctx.db, id);
  if (!row) throw notFound();
  authorize(ctx.actor, action, { ownerId: row.ownerId, ownerMayEdit: row.ownerMayEdit });
  return row;
}

/** The same for changes: what is revoked stays as it is. */
export async function findChangeableKey(ctx: Context, id: string, action: Action): Promise<KeyRow> {
  const row = await findKeyFor(ctx, id, action);
  if (row.revokedAt) throw new AppError("conflict", "This key is revoked for good.");
  return row;
}
