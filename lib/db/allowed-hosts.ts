import type { Db } from "./client";

export async function listAllowedHostRows(db: Db) {
  return db.allowedHost.findMany({ orderBy: { hostPort: "asc" } });
}

/** false when it was allowed before. */
export async function insertAllowedHost(
  db: Db,
  host: { hostPort: string; note: string; addedById: string | null },
): Promise<boolean> {
  const made = await db.allowedHost.createMany({ data: [host], skipDuplicates: true });
  return made.count === 1;
}

/** false when it was not allowed. */
export async function deleteAllowedHost(db: Db, hostPort: string): Promise<boolean> {
  return (await db.allowedHost.deleteMany({ where: { hostPort } })).count === 1;
}
