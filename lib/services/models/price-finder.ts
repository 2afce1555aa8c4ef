import { LRUCache } from "lru-cache";
import type { ModelPrice, PriceBook } from "../../relay/model";
import type { Alias } from "./stored-price";

/** Names come from clients: what was found for them is remembered within bounds. */
const REMEMBERED = 5_000;
const LONGEST_NAME = 200;

export interface PricedModel {
  price: ModelPrice;
  aliases: readonly Alias[];
}

/** A book in memory: exact names first, then names that equal an alias, then patterns in order. */
export function priceBook(id: string, models: readonly PricedModel[]): PriceBook {
  const exact = new Map(models.map((model) => [model.price.name, model.price]));
  for (const { price, aliases } of models) {
    for (const alias of aliases) {
      if ("equals" in alias && !exact.has(alias.equals)) exact.set(alias.equals, price);
    }
  }
  const patterns = models.map(({ price, aliases }) => ({ price, matches: aliases.map(matcher) }));
  const found = new LRUCache<string, { price: ModelPrice | null }>({ max: REMEMBERED });

  const search = (name: string) =>
    patterns.find(({ matches }) => matches.some((matches_) => matches_(name)))?.price ?? null;

  return {
    id,
    find(model) {
      const known = exact.get(model);
      if (known) return known;
      if (model.length > LONGEST_NAME) return null;
      const remembered = found.get(model);
      if (remembered) return remembered.price;
      const price = search(model);
      found.set(model, { price });
      return price;
    },
  };
}

function matcher(alias: Alias): (name: string) => boolean {
  if ("equals" in alias) return (name) => name === alias.equals;
  if ("starts_with" in alias) return (name) => name.startsWith(alias.starts_with);
  if ("ends_with" in alias) return (name) => name.endsWith(alias.ends_with);
  if ("regex" in alias) {
    const expression = new RegExp(alias.regex);
    return (name) => expression.test(name);
  }
  if ("and" in alias) {
    const all = alias.and.map(matcher);
    return (name) => all.every((matches) => matches(name));
  }
  const any = alias.or.map(matcher);
  return (name) => any.some((matches) => matches(name));
}
