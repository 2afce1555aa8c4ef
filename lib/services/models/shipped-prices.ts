import {
  findProvider,
  type MatchLogic,
  type ModelInfo,
  type ModelPrice as ShippedPrice,
} from "@pydantic/genai-prices";
import type { Alias, StoredPriceJson } from "./stored-price";

/** Makers whose models accounts of this portal can reach, with the beginnings of their own names. */
const MAKERS: Readonly<Record<string, readonly string[]>> = {
  anthropic: ["claude-"],
  google: ["gemini-", "gemma-"],
  openai: [""],
};
const MICRO_PER_USD = 1_000_000;

export interface BookEntry {
  model: string;
  aliases: Alias[];
  price: StoredPriceJson;
}

type Field = ShippedPrice[string];

/**
 * The prices that come with the portal, as of `now` (the data knows announced changes). A model
 * without prices for text is left out: unknown is better than free.
 */
export function shippedEntries(now: Date): BookEntry[] {
  const entries = new Map<string, BookEntry>();
  for (const [maker, beginnings] of Object.entries(MAKERS)) {
    for (const model of findProvider({ providerId: maker })?.models ?? []) {
      // Some makers also sell others' models, at their own price.
      if (!beginnings.some((beginning) => model.id.startsWith(beginning))) continue;
      const price = priceAt(model, now);
      if (price && !entries.has(model.id)) {
        entries.set(model.id, { model: model.id, aliases: aliasesOf(model.match), price });
      }
    }
  }
  return [...entries.values()];
}

/** The price that holds at a moment; changes that depend on the hour of the day are not taken. */
function priceAt(model: ModelInfo, now: Date): StoredPriceJson | null {
  if (!Array.isArray(model.prices)) return storedPrice(model.prices);
  const holding = model.prices.filter(
    ({ constraint }) =>
      !constraint ||
      (constraint.type === "start_date" && Date.parse(constraint.start_date) <= now.getTime()),
  );
  const last = holding.at(-1);
  return last ? storedPrice(last.prices) : null;
}

function storedPrice(prices: ShippedPrice): StoredPriceJson | null {
  if (prices.input_mtok === undefined || prices.output_mtok === undefined) return null;
  const starts = new Set(Object.values(prices).flatMap(tierStarts));
  return {
    ...bucketsAt(prices, 0),
    tiers: [...starts]
      .sort((a, b) => a - b)
      .map((start) => ({ ...bucketsAt(prices, start), aboveInputTokens: start })),
  };
}

/** A cache price that is not stated is that of plain input: never cheaper than what is known. */
function bucketsAt(prices: ShippedPrice, start: number) {
  const micro = (field: Field, per = 1) =>
    String(Math.round((valueAt(field, start) * MICRO_PER_USD) / per));
  const { input_mtok: input, cache_write_mtok: write = input } = prices;
  return {
    input: micro(input),
    cacheRead: micro(prices.cache_read_mtok ?? input),
    cacheWrite5m: micro(write),
    cacheWrite1h: micro(prices.cache_write_1h_mtok ?? write),
    output: micro(prices.output_mtok),
    image: "0",
    webSearch: micro(prices.web_searches_kcount, 1000),
  };
}

function valueAt(field: Field, start: number): number {
  if (field === undefined) return 0;
  if (typeof field === "number") return field;
  const reached = field.tiers.filter((tier) => tier.start <= start);
  return reached.at(-1)?.price ?? field.base;
}

function tierStarts(field: Field): number[] {
  return typeof field === "object" ? field.tiers.map((tier) => tier.start) : [];
}

function aliasesOf(match: MatchLogic): Alias[] {
  return "or" in match ? match.or.map(aliasOf) : [aliasOf(match)];
}

/** Their "contains" becomes "begins with": a name that merely mentions a model is not that model. */
function aliasOf(match: MatchLogic): Alias {
  if ("or" in match) return { or: match.or.map(aliasOf) };
  if ("and" in match) return { and: match.and.map(aliasOf) };
  if ("contains" in match) return { starts_with: match.contains };
  return match;
}
