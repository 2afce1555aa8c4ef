import type { Db } from "./client";

/** Rejects when the database does not answer. */
export async function pingDb(db: Db): Promise<void> {
  await db.$queryRaw`SELECT 1`;
}
