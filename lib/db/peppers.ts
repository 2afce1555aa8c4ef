import type { Db } from "./client";

/** Peppers that a key still waits for, at most `take`, the newest first. */
export async function listAwaitedPeppers(db: Db, take: number) {
  return db.keyPepper.findMany({
    where: { secrets: { some: {} } },
    select: { id: true, sealed: true },
    orderBy: { createdAt: "desc" },
    take,
  });
}

/** Puts the portal's own form of a secret in the place of its peppered hash; false when none has it. */
export async function adoptSecret(
  db: Db,
  peppered: { hash: string; pepperId: string },
  own: { hash: string; start: string },
): Promise<boolean> {
  const { count } = await db.apiKeySecret.updateMany({
    where: peppered,
    data: { ...own, pepperId: null },
  });
  return count === 1;
}
