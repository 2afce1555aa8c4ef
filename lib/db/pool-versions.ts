import type { Db } from "./client";
import { json } from "./json";

/** Notes that a version of the pool is in use, and stores it when it is new. */
export async function keepPoolVersion(
  db: Db,
  id: string,
  accounts: unknown,
  at: Date,
): Promise<void> {
  await db.poolVersion.upsert({
    where: { id },
    create: { id, accounts: json(accounts), createdAt: at, seenAt: at },
    update: { seenAt: at },
  });
}

/** Forgets versions that no process has used since. */
export async function dropPoolVersions(db: Db, unseenSince: Date): Promise<void> {
  await db.poolVersion.deleteMany({ where: { seenAt: { lt: unseenSince } } });
}

/** Stored versions by id; those that are gone are absent. */
export async function listPoolVersions(db: Db, ids: readonly string[]) {
  return db.poolVersion.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, accounts: true },
  });
}
