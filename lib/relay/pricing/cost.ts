import { divideRounded, MICRO_PER_USD, RATE_ONE_PPM } from "../../shared/money";
import type { ModelPrice, Usage } from "../model";

/** Prices are per million tokens: dividing by this turns tokens × price into micro-USD. */
const TOKENS_PER_PRICE = MICRO_PER_USD;

export interface ChargeFactors {
  planRatePpm: bigint;
  keyRatePpm: bigint;
}

export interface Cost {
  /** What the tokens cost at the book's price. */
  costMicroUsd: bigint;
  /** Cost × plan rate × key rate. */
  chargeMicroUsd: bigint;
}

/**
 * Cost and charge of one attempt. Everything is summed exactly and rounded half up once: the charge
 * is computed from the exact sum and not from the rounded cost. What the upstream did not state
 * costs nothing here.
 */
export function costOf(usage: Usage, price: ModelPrice, factors: ChargeFactors): Cost {
  const exact = exactCost(usage, price);
  return {
    costMicroUsd: divideRounded(exact, TOKENS_PER_PRICE),
    chargeMicroUsd: chargeOf(exact, factors),
  };
}

/** Tokens × price with the plan's and the key's rates, in micro-USD, rounded half up. */
export function chargeOf(exact: bigint, { planRatePpm, keyRatePpm }: ChargeFactors): bigint {
  if (planRatePpm === RATE_ONE_PPM && keyRatePpm === RATE_ONE_PPM) {
    return divideRounded(exact, TOKENS_PER_PRICE);
  }
  return divideRounded(exact * planRatePpm * keyRatePpm, TOKENS_PER_CHARGE);
}

const TOKENS_PER_CHARGE = TOKENS_PER_PRICE * RATE_ONE_PPM * RATE_ONE_PPM;

/** All input tokens, cached ones included: what price tiers are measured by. */
export function totalInput(usage: Usage): number {
  const { input, cacheRead, cacheWrite5m, cacheWrite1h } = usage;
  return (input ?? 0) + (cacheRead ?? 0) + (cacheWrite5m ?? 0) + (cacheWrite1h ?? 0);
}

/** The buckets that hold at that total input: those of the highest tier that it lies above. */
export function bucketsAt(price: ModelPrice, inputTokens: number) {
  let buckets: Omit<ModelPrice, "tiers" | "name"> = price;
  let reached = -1;
  for (const tier of price.tiers) {
    if (inputTokens > tier.aboveInputTokens && tier.aboveInputTokens > reached) {
      buckets = tier;
      reached = tier.aboveInputTokens;
    }
  }
  return buckets;
}

function exactCost(usage: Usage, price: ModelPrice): bigint {
  const at = bucketsAt(price, totalInput(usage));
  return (
    times(usage.input, at.input) +
    times(usage.cacheRead, at.cacheRead) +
    times(usage.cacheWrite5m, at.cacheWrite5m) +
    times(usage.cacheWrite1h, at.cacheWrite1h) +
    times(usage.output, at.output) +
    times(usage.images, at.image) * TOKENS_PER_PRICE +
    times(usage.webSearches, at.webSearch) * TOKENS_PER_PRICE
  );
}

function times(count: number | null, price: bigint): bigint {
  return count ? BigInt(count) * price : 0n;
}
