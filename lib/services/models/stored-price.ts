import { z } from "zod";
import type { ModelPrice } from "../../relay/model";

const MICRO = z.string().regex(/^\d{1,18}$/);
const BUCKETS = {
  input: MICRO,
  cacheRead: MICRO,
  cacheWrite5m: MICRO,
  cacheWrite1h: MICRO,
  output: MICRO,
  image: MICRO,
  webSearch: MICRO,
};

/** A price as it is stored and exchanged: micro-USD per million tokens (or per piece) as decimal texts. */
export const StoredPriceJson = z.object({
  ...BUCKETS,
  tiers: z.array(z.object({ ...BUCKETS, aboveInputTokens: z.number().int().positive() })),
});
export type StoredPriceJson = z.output<typeof StoredPriceJson>;

/**
 * Other names of a model, tried after exact names in the order of the book: equal, or beginning or
 * ending so, or an anchored expression; `and`/`or` of these. There is no "contains".
 */
export type Alias =
  | { equals: string }
  | { starts_with: string }
  | { ends_with: string }
  | { regex: string }
  | { and: Alias[] }
  | { or: Alias[] };

export const Alias: z.ZodType<Alias> = z.union([
  z.object({ equals: z.string() }),
  z.object({ starts_with: z.string() }),
  z.object({ ends_with: z.string() }),
  z.object({ regex: z.string() }),
  z.object({ and: z.lazy(() => z.array(Alias)) }),
  z.object({ or: z.lazy(() => z.array(Alias)) }),
]);

type Buckets = Omit<ModelPrice, "name" | "tiers">;

/** A stored price as the pricing of the relay takes it. */
export function modelPriceOf(name: string, stored: StoredPriceJson): ModelPrice {
  return {
    name,
    ...bucketsOf(stored),
    tiers: stored.tiers.map((tier) => ({
      ...bucketsOf(tier),
      aboveInputTokens: tier.aboveInputTokens,
    })),
  };
}

function bucketsOf(stored: Record<keyof Buckets, string>): Buckets {
  return {
    input: BigInt(stored.input),
    cacheRead: BigInt(stored.cacheRead),
    cacheWrite5m: BigInt(stored.cacheWrite5m),
    cacheWrite1h: BigInt(stored.cacheWrite1h),
    output: BigInt(stored.output),
    image: BigInt(stored.image),
    webSearch: BigInt(stored.webSearch),
  };
}
