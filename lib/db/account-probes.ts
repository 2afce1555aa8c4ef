import type { Db } from "./client";

const SCHEDULED = { deletedAt: null, enabled: true, probeCron: { not: null } };

/** Accounts in service with a schedule and no next moment yet. */
export async function listUnplannedProbes(db: Db) {
  return db.account.findMany({
    where: { ...SCHEDULED, nextProbeAt: null },
    select: { id: true, probeCron: true },
    take: 1_000,
  });
}

/** Accounts in service whose test is due, the longest due first. */
export async function listDueProbes(db: Db, now: Date, take: number) {
  return db.account.findMany({
    where: { ...SCHEDULED, nextProbeAt: { lte: now } },
    select: { id: true, probeCron: true, probeModel: true, nextProbeAt: true },
    orderBy: { nextProbeAt: "asc" },
    take,
  });
}

/** Sets the next moment in the place of the one that was read; false when another process did. */
export async function claimProbe(
  db: Db,
  id: string,
  was: Date | null,
  next: Date,
): Promise<boolean> {
  const changed = await db.$executeRaw`
    UPDATE account SET next_probe_at = ${next}
    WHERE id = ${id} AND next_probe_at IS NOT DISTINCT FROM ${was}::timestamptz`;
  return changed === 1;
}

/** Forgets all but the newest results of an account. */
export async function dropOldProbes(db: Db, accountId: string, keep: number): Promise<void> {
  await db.$executeRaw`
    DELETE FROM account_probe WHERE account_id = ${accountId} AND id NOT IN (
      SELECT id FROM account_probe WHERE account_id = ${accountId} ORDER BY at DESC LIMIT ${keep})`;
}
