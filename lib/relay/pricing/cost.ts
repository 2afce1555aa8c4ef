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
  const costMicroUsd = divideRounded(exact, TOKENS_PER_PRICE);
  return {
    costMicroUsd,
    chargeMicroUsd: isPlain(factors) ? costMicroUsd : chargeOf(exact, factors),
  };
}

/** Tokens × price with the plan's and the key's rates, in micro-USD, rounded half up. */
export function chargeOf(exact: bigint, factors: ChargeFactors): bigint {
  if (isPlain(factors)) return divideRounded(exact, TOKENS_PER_PRICE);
  return divideRounded(exact * factors.planRatePpm * factors.keyRatePpm, TOKENS_PER_CHARGE);
}

const TOKENS_PER_CHARGE = TOKENS_PER_PRICE * RATE_ONE_PPM * RATE_ONE_PPM;

function isPlain({ planRatePpm, keyRatePpm }: ChargeFactors): boolean {
  return planRatePpm === RATE_ONE_PPM && keyRatePpm === RATE_ONE_PPM;
}

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
  const { input, cacheRead, cacheWrite5m, cacheWrite1h, output, images, webSearches } = usage;
  let sum = 0n;
  if (input) sum += BigInt(input) * at.input;
  if (cacheRead) sum += BigInt(cacheRead) * at.cacheRead;
  if (cacheWrite5m) sum += BigInt(cacheWrite5m) * at.cacheWrite5m;
  if (cacheWrite1h) sum += BigInt(cacheWrite1h) * at.cacheWrite1h;
  if (output) sum += BigInt(output) * at.output;
  if (images) sum += BigInt(images) * at.image * TOKENS_PER_PRICE;
  if (webSearches) sum += BigInt(webSearches) * at.webSearch * TOKENS_PER_PRICE;
  return sum;
}
