import type { AttemptStory } from "../../contracts/requests";
import type { AttemptRecordRow } from "../../db/requests";
import type { Usage } from "../../relay/model";
import { bucketsAt, totalInput } from "../../relay/pricing/cost";
import { modelPriceOf, StoredPriceJson } from "../models/stored-price";

type Price = NonNullable<AttemptStory["price"]>;
type Bucket = Price["lines"][number]["bucket"];

/** A price is micro-USD per million tokens: one token at price 1 is a 10^-12 of a USD. */
const DECIMALS = 12;
const PIECES: readonly Bucket[] = ["image", "webSearch"];

/** How the stored price of an attempt makes its cost, bucket by bucket; null when it is unrated. */
export function priceLines(row: AttemptRecordRow, usage: Usage, stored: unknown): Price | null {
  const parsed = StoredPriceJson.safeParse(stored);
  if (!parsed.success || row.priceBookId === null || row.priceName === null) return null;
  const at = bucketsAt(modelPriceOf(row.priceName, parsed.data), totalInput(usage));
  const counts: Record<Bucket, number | null> = {
    input: usage.input,
    cacheRead: usage.cacheRead,
    cacheWrite5m: usage.cacheWrite5m,
    cacheWrite1h: usage.cacheWrite1h,
    output: usage.output,
    image: usage.images,
    webSearch: usage.webSearches,
  };
  const lines = (Object.keys(counts) as Bucket[]).flatMap((bucket) => {
    const count = counts[bucket];
    return count ? [{ bucket, count, ...amountOf(bucket, count, at[bucket]) }] : [];
  });
  return { bookId: row.priceBookId, model: row.priceName, lines };
}

function amountOf(bucket: Bucket, count: number, price: bigint) {
  const perPiece = PIECES.includes(bucket) ? 1_000_000n : 1n;
  return { price: price.toString(), amountUsd: exactUsd(BigInt(count) * price * perPiece) };
}

function exactUsd(amount: bigint): string {
  const digits = amount.toString().padStart(DECIMALS + 1, "0");
  const fraction = digits.slice(-DECIMALS).replace(/0{1,10}$/, "");
  return `${digits.slice(0, -DECIMALS)}.${fraction}`;
}
