import { z } from "zod";
import { MicroUsd, Moment } from "./common";

const Buckets = {
  input: MicroUsd,
  cacheRead: MicroUsd,
  cacheWrite5m: MicroUsd,
  cacheWrite1h: MicroUsd,
  output: MicroUsd,
};

/** A model with its list prices in micro-USD per million tokens. */
export const PricedModel = z.object({
  model: z.string(),
  ...Buckets,
  /** Prices that hold from a length of the input on, shortest first. */
  tiers: z.array(z.object({ ...Buckets, aboveInputTokens: z.number() })),
  /** Requests of the last 30 days for this model, whichever of its names they used. */
  requests: z.number(),
  chargeMicroUsd: MicroUsd,
});
export type PricedModel = z.output<typeof PricedModel>;

export const ModelPrices = z.object({
  /** The price list in force; null before the first import. */
  book: z
    .object({ id: z.string(), source: z.string(), note: z.string(), activeAt: Moment })
    .nullable(),
  models: z.array(PricedModel),
  /** Models that were served without a known price in the last seven days. */
  unrated: z.array(z.object({ model: z.string(), requests: z.number() })),
});
export type ModelPrices = z.output<typeof ModelPrices>;
