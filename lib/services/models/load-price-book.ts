import { z } from "zod";
import type { Db } from "../../db/client";
import { findActiveBook } from "../../db/prices";
import type { PriceBook } from "../../relay/model";
import { priceBook } from "./price-finder";
import { Alias, modelPriceOf, StoredPriceJson } from "./stored-price";

const ALIASES = z.array(Alias);

/** The book that holds now; null before the first import. An entry that cannot be read is unrated. */
export async function loadActivePriceBook(db: Db): Promise<PriceBook | null> {
  const book = await findActiveBook(db);
  if (!book) return null;
  const models = book.entries.flatMap((entry) => {
    const price = StoredPriceJson.safeParse(entry.price);
    if (!price.success) return [];
    const aliases = ALIASES.catch([]).parse(entry.aliases);
    return [{ price: modelPriceOf(entry.model, price.data), aliases }];
  });
  return priceBook(book.id, models);
}
