import { newId } from "../shared/ids";
import type { Db } from "./client";

const WHOLE = {
  members: {
    where: { account: { deletedAt: null } },
    select: { accountId: true, weight: true },
  },
} as const;

interface GroupMemberRow {
  accountId: string;
  weight: number;
}

/** All groups, by name; a portal with more than a thousand was never seen. */
export async function listGroupRows(db: Db) {
  return db.accountGroup.findMany({ include: WHOLE, orderBy: { name: "asc" }, take: 1_000 });
}

export async function findGroupRow(db: Db, id: string) {
  return db.accountGroup.findUnique({ where: { id }, include: WHOLE });
}

export type GroupRow = NonNullable<Awaited<ReturnType<typeof findGroupRow>>>;

/** Adds a group; null when the name is taken. */
export async function insertGroup(
  db: Db,
  group: { name: string; note?: string | undefined },
): Promise<string | null> {
  const id = newId("group");
  const made = await db.accountGroup.createManyAndReturn({
    data: [{ id, ...group }],
    skipDuplicates: true,
    select: { id: true },
  });
  return made.length === 1 ? id : null;
}

export async function updateGroupRow(
  db: Db,
  id: string,
  fields: { name?: string | undefined; note?: string | undefined },
): Promise<void> {
  await db.accountGroup.update({ where: { id }, data: fields });
}

export async function deleteGroupRow(db: Db, id: string): Promise<void> {
  await db.accountGroup.delete({ where: { id } });
}

/** Is there another group of that name? */
export async function isGroupNameTaken(db: Db, name: string, exceptId: string): Promise<boolean> {
  return (await db.accountGroup.count({ where: { name, id: { not: exceptId } } })) > 0;
}

/** Puts these in the place of all members. */
export async function replaceGroupMembers(
  db: Db,
  groupId: string,
  members: readonly GroupMemberRow[],
): Promise<void> {
  await db.groupMember.deleteMany({ where: { groupId } });
  await db.groupMember.createMany({ data: members.map((member) => ({ groupId, ...member })) });
}

/** Adds accounts that are not in it yet, with the weight 1. */
export async function addGroupMembers(
  db: Db,
  groupId: string,
  accountIds: readonly string[],
): Promise<void> {
  const data = accountIds.map((accountId) => ({ groupId, accountId }));
  await db.groupMember.createMany({ data, skipDuplicates: true });
}

/** Takes an account out of all its groups. */
export async function leaveGroups(db: Db, accountId: string): Promise<void> {
  await db.groupMember.deleteMany({ where: { accountId } });
}

/** Keys that are not revoked and bound to one of these accounts or groups, by its id. */
export async function countBoundKeys(db: Db, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ id: string; keys: bigint }[]>`
    SELECT binding->>'id' AS id, count(*) AS keys FROM api_key
    WHERE revoked_at IS NULL AND binding->>'id' = ANY(${[...ids]}) GROUP BY 1`;
  return new Map(rows.map(({ id, keys }) => [id, Number(keys)]));
}

/** Which of these accounts there are. */
export async function findLivingAccounts(db: Db, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db.account.findMany({
    where: { id: { in: [...ids] }, deletedAt: null },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
}
