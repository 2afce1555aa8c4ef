import { newId } from "../shared/ids";
import type { Db } from "./client";
import { json } from "./json";

export interface StoredPrice {
  model: string;
  aliases: unknown;
  price: unknown;
}

/** The book that holds now with its entries; null before the first import. */
export async function findActiveBook(db: Db) {
  return db.priceBook.findFirst({
    where: { activeAt: { not: null } },
    orderBy: [{ activeAt: "desc" }, { id: "desc" }],
    select: {
      id: true,
      source: true,
      note: true,
      activeAt: true,
      digest: true,
      entries: { select: { model: true, aliases: true, price: true } },
    },
  });
}

/** Every price that an admin has set. */
export async function listPriceOverrides(db: Db) {
  return db.priceOverride.findMany({ select: { model: true, price: true } });
}

/**
 * Makes the book with this digest the one that holds, adding it when it is new. Answers its id, and
 * false when it held already. Needs an open transaction: a book without entries must never hold.
 */
export async function activateBook(
  db: Db,
  book: { source: string; note: string; digest: string; entries: readonly StoredPrice[] },
  at: Date,
): Promise<{ id: string; changed: boolean }> {
  // Two processes that start together import one after the other.
  await db.$executeRaw`SELECT pg_advisory_xact_lock(72707372)`;
  const active = await findActiveBook(db);
  if (active?.digest === book.digest) return { id: active.id, changed: false };
  const known = await db.priceBook.findUnique({
    where: { digest: book.digest },
    select: { id: true },
  });
  if (known) {
    await db.priceBook.update({ where: { id: known.id }, data: { activeAt: at } });
    return { id: known.id, changed: true };
  }
  const id = newId("priceBook");
  const { source, note, digest } = book;
  await db.priceBook.create({ data: { id, source, note, digest, activeAt: at } });
  await db.priceEntry.createMany({
    data: book.entries.map((entry) => ({
      bookId: id,
      model: entry.model,
      aliases: json(entry.aliases),
      price: json(entry.price),
    })),
  });
  return { id, changed: true };
}
