import type { z } from "zod";
import type { AuditPage, AuditQuery } from "../../contracts/audit";
import { listAuditEntries } from "../../db/audit";
import { findUserNames } from "../../db/users";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";
import { cutPage, decodeCursor } from "../paging";

const DEFAULT_LIMIT = 50;

/** Who changed what, newest first (admins). */
export async function listAudit(
  ctx: Context,
  input: Partial<z.output<typeof AuditQuery>>,
): Promise<AuditPage> {
  authorize(ctx.actor, "audit.read");
  const { cursor, limit = DEFAULT_LIMIT, ...filter } = input;
  const rows = await listAuditEntries(ctx.db, filter, decodeCursor(cursor), limit + 1);
  const names = await findUserNames(
    ctx.db,
    rows.flatMap((row) => row.actorId ?? []),
  );
  return cutPage(
    rows,
    limit,
    (row) => row,
    (row) => ({
      id: row.id,
      at: row.at.toISOString(),
      actorKind: actorKind(row.actorKind),
      actor: (row.actorId && names.get(row.actorId)) || null,
      action: row.action,
      objectKind: row.objectKind,
      objectId: row.objectId,
      before: fields(row.before),
      after: fields(row.after),
      ip: row.ip,
    }),
  );
}

function actorKind(text: string): "user" | "cli" | "system" {
  return text === "user" || text === "cli" ? text : "system";
}

function fields(json: unknown): Record<string, unknown> | null {
  return typeof json === "object" && json !== null && !Array.isArray(json) ? { ...json } : null;
}
