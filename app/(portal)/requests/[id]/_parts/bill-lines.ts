import type { AttemptStory } from "@/lib/contracts/requests";

type Price = NonNullable<AttemptStory["price"]>["lines"][number];
export type Bucket = Price["bucket"] | "reasoning";

/** One line of a bill; null where it has no price, or where the upstream did not say the count. */
export interface BillLine {
  bucket: Bucket;
  count: number | null;
  /** Micro-USD. */
  price: string | null;
  amountUsd: string | null;
  perPiece: boolean;
}

const PIECES: ReadonlySet<Bucket> = new Set<Bucket>(["image", "webSearch"]);

/**
 * The lines of an attempt's bill: every bucket that holds something or has a price line. Reasoning
 * is part of the output and has no price of its own.
 */
export function billLines({ usage, price }: AttemptStory): BillLine[] {
  const counts: readonly [Bucket, number | null][] = [
    ["input", usage.input],
    ["cacheRead", usage.cacheRead],
    ["cacheWrite5m", usage.cacheWrite5m],
    ["cacheWrite1h", usage.cacheWrite1h],
    ["output", usage.output],
    ["reasoning", usage.reasoning],
    ["image", usage.images],
    ["webSearch", usage.webSearches],
  ];
  return counts.flatMap(([bucket, count]) => {
    const line = price?.lines.find((one) => one.bucket === bucket);
    if (!count && !line) return [];
    return [
      {
        bucket,
        count: count ?? line?.count ?? null,
        price: line?.price ?? null,
        amountUsd: line?.amountUsd ?? null,
        perPiece: PIECES.has(bucket),
      },
    ];
  });
}

const ONE_PPM = 1_000_000;

/** Factor of plan and key together, as a decimal; null when it changes nothing. */
export function rateText({ planRatePpm, keyRatePpm }: AttemptStory): string | null {
  const rate = (Number(planRatePpm) / ONE_PPM) * (Number(keyRatePpm) / ONE_PPM);
  return rate === 1 ? null : String(Number(rate.toFixed(6)));
}
