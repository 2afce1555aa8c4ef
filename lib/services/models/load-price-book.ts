import { z } from "zod";
import type { Db } from "../../db/client";
import { findActiveBook } from "../../db/prices";
import type { PriceBook } from "../../relay/model";
import { priceBook } from "./price-finder";
import { Alias, modelPriceOf, StoredPriceJson } from "./stored-price";

const ALIASES = z.array(Alias);

/** A book in memory with the names that it lists. */
export interface ListedPriceBook extends PriceBook {
  names: readonly string[];
  activeAtMs: number;
}

/** The book that holds now; null before the first import. An entry that cannot be read is unrated. */
export async function loadActivePriceBook(db: Db): Promise<ListedPriceBook | null> {
  const book = await findActiveBook(db);
  if (!book) return null;
  const models = book.entries.flatMap((entry) => {
    const price = StoredPriceJson.safeParse(entry.price);
    if (!price.success) return [];
    const aliases = ALIASES.catch([]).parse(entry.aliases);
    return [{ price: modelPriceOf(entry.model, price.data), aliases }];
  });
  return {
    ...priceBook(book.id, models),
    names: models.map((model) => model.price.name),
    activeAtMs: book.activeAt?.getTime() ?? 0,
  };
}
