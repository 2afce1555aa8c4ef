import { newId } from "../shared/ids";
import type { Db } from "./client";
import { jsonOrNull } from "./json";

interface NewAuditEntry {
  actorId: string | null;
  actorKind: "user" | "cli" | "system";
  action: string;
  objectKind: string;
  objectId: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  ip: string;
}

/** Writes one entry; give it the transaction of the change that it tells of. */
export async function insertAuditEntry(db: Db, entry: NewAuditEntry): Promise<void> {
  await db.auditEntry.create({
    data: {
      ...entry,
      id: newId("audit"),
      before: jsonOrNull(entry.before),
      after: jsonOrNull(entry.after),
    },
  });
}

interface AuditFilter {
  objectKind?: string | undefined;
  objectId?: string | undefined;
  actorId?: string | undefined;
  action?: string | undefined;
}

/** Entries after a place, newest first, at most `take`. */
export async function listAuditEntries(
  db: Db,
  filter: AuditFilter,
  after: { at: Date; id: string } | null,
  take: number,
) {
  return db.auditEntry.findMany({
    where: {
      ...filter,
      ...(after && {
        OR: [{ at: { lt: after.at } }, { at: after.at, id: { lt: after.id } }],
      }),
    },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take,
  });
}
