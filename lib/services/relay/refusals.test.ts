import { expect, it } from "vitest";
import { concurrencyRefusal, duration, rateRefusal, spendRefusal } from "./refusals";

const limit = {
  scope: "key:key_1",
  period: "day" as const,
  limitMicroUsd: 20_000_000n,
  name: "Daily limit",
};
const nowMs = Date.parse("2026-11-23T20:48:00Z");
const use = {
  spentMicroUsd: 20_000_000,
  heldMicroUsd: 0,
  resetsAtMs: Date.parse("2026-11-24T00:00:00Z"),
  nowMs,
  timeZone: "UTC",
};

it("says limit, use and reset of a budget, and that a retry cannot help", () => {
  const error = spendRefusal(limit, 0n, use);
  expect(error.message).toBe(
    "Daily limit of $20.00 reached ($20.00 used). Resets at 00:00 UTC, in 3 h 12 min.",
  );
  expect(error.status).toBe(402);
  expect(error.detail).toMatchObject({ shouldRetry: false, limit: { unit: "micro-usd" } });
});

it("says what is held and needed when the budget is not used up", () => {
  const error = spendRefusal(limit, 500_000n, {
    ...use,
    spentMicroUsd: 19_000_000,
    heldMicroUsd: 700_000,
  });
  expect(error.message).toContain(
    "$19.00 used, $0.70 held by running requests, up to $0.50 needed",
  );
});

it("gives rates a retry-after that ends with the window", () => {
  const rate = { scope: "key:key_1", windowSeconds: 60, requests: 5, name: "Rate limit" };
  const error = rateRefusal(rate, 5, nowMs + 12_400, nowMs);
  expect(error.status).toBe(429);
  expect(error.detail.retryAfterSeconds).toBe(13);
  expect(error.message).toBe("Rate limit reached: 5 of 5 requests in 1 min. Resets in 13 s.");
});

it("names running requests for concurrency", () => {
  const error = concurrencyRefusal({ scope: "key:1", limit: 2, name: "Concurrency limit" }, 2);
  expect(error.message).toBe("Concurrency limit reached: 2 of 2 requests are running.");
});

it("rounds durations up, never to zero", () => {
  expect([duration(1), duration(61_000), duration(7_200_000), duration(50 * 3_600_000)]).toEqual([
    "1 s",
    "2 min",
    "2 h",
    "2 d 2 h",
  ]);
});
