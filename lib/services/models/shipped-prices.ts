import {
  findProvider,
  type MatchLogic,
  type ModelInfo,
  type ModelPrice as ShippedPrice,
} from "@pydantic/genai-prices";
import type { Alias, StoredPriceJson } from "./stored-price";

/**
 * Makers whose models accounts of this portal can reach, with the beginnings of their own names. A name
 * that two of them have is the earlier one's.
 */
const MAKERS: Readonly<Record<string, readonly string[]>> = {
  anthropic: ["claude-"],
  google: ["gemini-", "gemma-"],
  openai: [""],
  deepseek: ["deepseek-"],
  moonshotai: ["kimi-", "moonshot-"],
  "x-ai": ["grok-"],
  zai: ["GLM-"],
  minimax: ["MiniMax-", "minimax-"],
  mistral: [""],
  cohere: ["command", "embed-"],
  perplexity: ["sonar"],
  groq: ["llama-"],
  // A router's own spelling: the vendor, a slash, the model.
  openrouter: [
    "openai/",
    "anthropic/",
    "google/",
    "deepseek/",
    "moonshotai/",
    "x-ai/",
    "qwen/",
    "z-ai/",
    "minimax/",
    "mistralai/",
    "meta-llama/",
    "cohere/",
    "perplexity/",
    "xiaomi/",
  ],
};
/** Makers whose lists already know the snapshots of a model, or have prices of their own for them. */
const LISTS_SNAPSHOTS: ReadonlySet<string> = new Set(["anthropic", "google"]);
/** Models that answer with vectors state no price for output, because there is none. */
const EMBEDDING = /(?:^|[-/])embed/;
/** Everything that these answer with is a picture, which is counted in tokens of their own price. */
const PICTURES = /^gpt-image-/;
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
        const aliases = aliasesOf(model, LISTS_SNAPSHOTS.has(maker));
        entries.set(model.id, { model: model.id, aliases, price });
      }
    }
  }
  return [...entries.values()];
}

/** The price that holds at a moment; where it depends on the hour of the day, that of the dearest hour. */
function priceAt({ id, prices }: ModelInfo, now: Date): StoredPriceJson | null {
  if (!Array.isArray(prices)) return storedPrice(id, prices);
  const begun = prices.findLastIndex(
    ({ constraint }) =>
      !constraint ||
      (constraint.type === "start_date" && Date.parse(constraint.start_date) <= now.getTime()),
  );
  const holding = prices
    .filter(({ constraint }, index) => index === begun || isHourly(constraint))
    .map((one) => one.prices)
    .sort((a, b) => valueAt(b.input_mtok, 0) - valueAt(a.input_mtok, 0));
  return holding[0] ? storedPrice(id, holding[0]) : null;
}

function isHourly(constraint: { type: string } | undefined): boolean {
  return constraint !== undefined && constraint.type !== "start_date";
}

function storedPrice(id: string, shipped: ShippedPrice): StoredPriceJson | null {
  const prices = withOutput(id, shipped);
  if (prices.input_mtok === undefined || prices.output_mtok === undefined) return null;
  // A router's free models may cost again tomorrow.
  if (valueAt(prices.input_mtok, 0) === 0 && valueAt(prices.output_mtok, 0) === 0) return null;
  const starts = new Set(Object.values(prices).flatMap(tierStarts));
  return {
    ...bucketsAt(prices, 0),
    tiers: [...starts]
      .sort((a, b) => a - b)
      .map((start) => ({ ...bucketsAt(prices, start), aboveInputTokens: start })),
  };
}

function withOutput(id: string, prices: ShippedPrice): ShippedPrice {
  const { output_mtok: text, output_image_mtok: image } = prices;
  if (image !== undefined && PICTURES.test(id)) return { ...prices, output_mtok: image };
  return text === undefined && EMBEDDING.test(id) ? { ...prices, output_mtok: 0 } : prices;
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

function aliasesOf({ id, match }: ModelInfo, listsSnapshots: boolean): Alias[] {
  const stated = "or" in match ? match.or.map(aliasOf) : [aliasOf(match)];
  const routed = id.includes("/");
  const own = routed ? stated.filter((alias) => JSON.stringify(alias).includes("/")) : stated;
  return listsSnapshots ? own : [...own, snapshotsOf(id)];
}

/** A model's name with a day behind it, which makers add without a change of price. */
function snapshotsOf(id: string): Alias {
  const name = id.replaceAll(/[.+*?^$()[\]{}|\\]/g, "\\$&");
  return { regex: `^${name}-(?:\\d{8}|\\d{4}-\\d{2}-\\d{2})$` };
}

/** Their "contains" becomes "begins with": a name that merely mentions a model is not that model. */
function aliasOf(match: MatchLogic): Alias {
  if ("or" in match) return { or: match.or.map(aliasOf) };
  if ("and" in match) return { and: match.and.map(aliasOf) };
  if ("contains" in match) return { starts_with: match.contains };
  return match;
}
