import fc from "fast-check";
import { expect, it } from "vitest";
import { type ModelPrice, NO_USAGE, type Usage } from "../model";
import { samplePrice } from "../testing/samples";
import { bucketsAt, costOf, totalInput } from "./cost";
import { estimateUsage, tokensOfBody, tokensOfText } from "./estimate";
import { reservationFor } from "./reservation";

const PLAIN = { planRatePpm: 1_000_000n, keyRatePpm: 1_000_000n };
const CLAUDE = samplePrice("claude", 5_000_000n, 25_000_000n);
const TIERED: ModelPrice = {
  ...CLAUDE,
  tiers: [
    { ...samplePrice("t", 20_000_000n, 80_000_000n), aboveInputTokens: 400_000 },
    { ...samplePrice("t", 10_000_000n, 37_500_000n), aboveInputTokens: 200_000 },
  ],
};

const cost = (usage: Partial<Usage>, price = CLAUDE, factors = PLAIN) =>
  costOf({ ...NO_USAGE, ...usage }, price, factors);

it("prices every bucket by its own price", () => {
  expect(cost({ input: 1_000_000 }).costMicroUsd).toBe(5_000_000n);
  expect(cost({ cacheRead: 1_000_000 }).costMicroUsd).toBe(500_000n);
  expect(cost({ cacheWrite5m: 1_000_000 }).costMicroUsd).toBe(6_250_000n);
  expect(cost({ cacheWrite1h: 1_000_000 }).costMicroUsd).toBe(10_000_000n);
  expect(cost({ output: 1_000_000, reasoning: 900_000 }).costMicroUsd).toBe(25_000_000n);
  expect(cost({ webSearches: 3 }).costMicroUsd).toBe(30_000n);
  expect(cost({}).costMicroUsd).toBe(0n);
});

it("takes the highest tier that the total input lies above, cached tokens included", () => {
  expect(
    totalInput({ ...NO_USAGE, input: 1, cacheRead: 2, cacheWrite5m: 4, cacheWrite1h: 8 }),
  ).toBe(15);
  expect(bucketsAt(TIERED, 200_000).input).toBe(5_000_000n);
  expect(bucketsAt(TIERED, 200_001).input).toBe(10_000_000n);
  expect(bucketsAt(TIERED, 400_001).input).toBe(20_000_000n);
  expect(cost({ input: 1, cacheRead: 200_000 }, TIERED).costMicroUsd).toBe(200_010n);
});

it("rounds half up, once", () => {
  const one = samplePrice("x", 500_000n, 0n);
  expect(cost({ input: 1 }, one).costMicroUsd).toBe(1n);
  expect(cost({ input: 1 }, { ...one, input: 499_999n }).costMicroUsd).toBe(0n);
  // The charge comes from the exact cost (1.5 micro-USD × 0.5), not from the rounded one (2 × 0.5).
  const half = { planRatePpm: 500_000n, keyRatePpm: 1_000_000n };
  expect(cost({ input: 3 }, one, half)).toEqual({ costMicroUsd: 2n, chargeMicroUsd: 1n });
});

const count = fc.option(fc.nat(3_000_000), { nil: null });
const usages = fc.record({
  input: count,
  cacheRead: count,
  cacheWrite5m: count,
  cacheWrite1h: count,
  output: count,
  reasoning: count,
  images: fc.option(fc.nat(20), { nil: null }),
  webSearches: fc.option(fc.nat(20), { nil: null }),
});
const rates = fc.record({
  planRatePpm: fc.bigInt(0n, 10_000_000n),
  keyRatePpm: fc.bigInt(0n, 10_000_000n),
});

it("computes the same from the stored record, for ever: no drift in 5,000 charges", () => {
  fc.assert(
    fc.property(usages, rates, (usage, factors) => {
      const stored = JSON.parse(JSON.stringify(usage)) as Usage;
      expect(costOf(stored, TIERED, factors)).toEqual(costOf(usage, TIERED, factors));
    }),
    { numRuns: 5000 },
  );
});

it("never differs from the exact charge by more than half a micro-USD", () => {
  fc.assert(
    fc.property(usages, rates, (usage, factors) => {
      const { chargeMicroUsd } = costOf(usage, TIERED, factors);
      const at = bucketsAt(TIERED, totalInput(usage));
      const n = (value: number | null) => BigInt(value ?? 0);
      const perMillion =
        n(usage.input) * at.input +
        n(usage.cacheRead) * at.cacheRead +
        n(usage.cacheWrite5m) * at.cacheWrite5m +
        n(usage.cacheWrite1h) * at.cacheWrite1h +
        n(usage.output) * at.output +
        n(usage.webSearches) * at.webSearch * 1_000_000n;
      const exact = perMillion * factors.planRatePpm * factors.keyRatePpm;
      const off = chargeMicroUsd * 10n ** 18n - exact;
      expect(off <= 5n * 10n ** 17n && off > -5n * 10n ** 17n).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

it("reserves at least what any answer within the bounds can cost", () => {
  const bounded = fc.record({ bodyBytes: fc.nat(600_000), maxOutputTokens: fc.nat(128_000) });
  const shares = fc.tuple(fc.nat(100), fc.nat(100), fc.nat(100), fc.nat(100), fc.nat(100));
  fc.assert(
    fc.property(bounded, shares, rates, (facts, [a, b, c, d, e], factors) => {
      const total = Math.max(a + b + c + d, 1);
      const part = (share: number) => Math.floor((facts.bodyBytes * share) / total);
      const usage = {
        ...NO_USAGE,
        input: part(a),
        cacheRead: part(b),
        cacheWrite5m: part(c),
        cacheWrite1h: part(d),
        output: Math.floor((facts.maxOutputTokens * e) / 100),
      };
      const reserved = reservationFor(facts, TIERED, factors);
      expect(costOf(usage, TIERED, factors).chargeMicroUsd <= reserved).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

it("reserves for the largest output where the request sets no bound, and nothing without a price", () => {
  const bounded = reservationFor({ bodyBytes: 0, maxOutputTokens: 10 }, CLAUDE, PLAIN);
  expect(bounded).toBe(250n);
  expect(reservationFor({ bodyBytes: 0, maxOutputTokens: null }, CLAUDE, PLAIN)).toBe(1_638_400n);
  expect(reservationFor({ bodyBytes: 9, maxOutputTokens: 9 }, null, PLAIN)).toBe(0n);
});

it("estimates what was delivered, and never less than what was stated", () => {
  expect(tokensOfText(9)).toBe(3);
  expect(tokensOfBody(401)).toBe(101);
  expect(estimateUsage(null, 40, 400)).toEqual({ ...NO_USAGE, input: 100, output: 10 });
  const stated = { ...NO_USAGE, input: 7, cacheRead: 3, output: 1 };
  expect(estimateUsage(stated, 40, 400)).toEqual({ ...stated, output: 10 });
  expect(estimateUsage({ ...stated, output: 50 }, 40, 400).output).toBe(50);
  expect(estimateUsage({ ...stated, input: 0 }, 0, 400).input).toBe(0);
});
