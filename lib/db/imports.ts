import { newId } from "../shared/ids";
import type { Db } from "./client";
import { json } from "./json";

interface Origin {
  source: string;
  kind: string;
  foreignId: string;
}

/** Notes that an import begins. Answers its id. */
export async function insertImportRun(
  db: Db,
  run: { source: string; label: string; createdById: string | null },
): Promise<string> {
  const id = newId("importRun");
  await db.importRun.create({ data: { ...run, id, report: { items: [] } } });
  return id;
}

/** Notes what an import did; from now on anything newer in what it made is somebody's change. */
export async function endImportRun(db: Db, id: string, report: unknown, endedAt: Date) {
  await db.importRun.update({ where: { id }, data: { report: json(report), endedAt } });
}

/** The newest imports, at most `take`. */
export async function listImportRuns(db: Db, take: number) {
  return db.importRun.findMany({ orderBy: [{ createdAt: "desc" }, { id: "desc" }], take });
}

export async function findImportRun(db: Db, id: string) {
  return db.importRun.findUnique({ where: { id }, include: { origins: true } });
}

export async function markImportUndone(db: Db, id: string, undoneAt: Date): Promise<void> {
  await db.importRun.update({ where: { id }, data: { undoneAt } });
}

/** Foreign ids of a kind that were taken over before, with what they became. */
export async function listOrigins(db: Db, source: string, kind: string) {
  const rows = await db.importOrigin.findMany({ where: { source, kind } });
  return new Map(rows.map(({ foreignId, ownId }) => [foreignId, ownId]));
}

export async function insertOrigin(
  db: Db,
  origin: Origin & { ownId: string; runId: string },
): Promise<void> {
  await db.importOrigin.create({ data: origin });
}

export async function deleteOrigin(db: Db, { source, kind, foreignId }: Origin): Promise<void> {
  await db.importOrigin.deleteMany({ where: { source, kind, foreignId } });
}

/** Removes an account that nobody used, changed or bound a key to since; false when somebody did. */
export async function deleteUntouchedAccount(db: Db, id: string, since: Date): Promise<boolean> {
  if ((await db.apiKey.count({ where: { binding: { path: ["id"], equals: id } } })) > 0)
    return false;
  const { count } = await db.account.deleteMany({
    where: { id, lastUsedAt: null, deletedAt: null, updatedAt: { lte: since } },
  });
  return count === 1;
}

/** Removes a group to which no key is bound; false when there is one. */
export async function deleteUnusedGroup(db: Db, id: string): Promise<boolean> {
  if ((await db.apiKey.count({ where: { binding: { path: ["id"], equals: id } } })) > 0)
    return false;
  return (await db.accountGroup.deleteMany({ where: { id } })).count === 1;
}

/** Removes a key that nobody used or changed since; false when somebody did. */
export async function deleteUntouchedKey(db: Db, id: string, since: Date): Promise<boolean> {
  const { count } = await db.apiKey.deleteMany({
    where: { id, lastUsedAt: null, firstUsedAt: null, updatedAt: { lte: since } },
  });
  return count === 1;
}

/** Which of these hashes open a key already. */
export async function findTakenHashes(db: Db, hashes: readonly string[]): Promise<Set<string>> {
  const rows = await db.apiKeySecret.findMany({
    where: { hash: { in: [...hashes] } },
    select: { hash: true },
  });
  return new Set(rows.map(({ hash }) => hash));
}

/** Every pepper, the newest first: there is one for each portal that keys came from. */
export async function listPeppers(db: Db) {
  return db.keyPepper.findMany({ orderBy: { createdAt: "desc" }, take: 100 });
}

export async function insertPepper(
  db: Db,
  pepper: { id: string; sealed: string; note: string },
): Promise<void> {
  await db.keyPepper.create({ data: pepper });
}

/** Ids of the users who are called so, by e-mail address or name, in lower case; names that several share are left out. */
export async function findUserIdsByWord(db: Db): Promise<Map<string, string>> {
  const users = await db.user.findMany({
    select: { id: true, email: true, name: true },
    take: 20_000,
  });
  const ids = new Map<string, string>();
  const shared = new Set<string>();
  for (const { id, name } of users) {
    const word = name.toLowerCase();
    if (ids.has(word)) shared.add(word);
    ids.set(word, id);
  }
  for (const word of shared) ids.delete(word);
  for (const { id, email } of users) ids.set(email, id);
  return ids;
}
