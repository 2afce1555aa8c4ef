import { expect, it } from "vitest";
import { highestPile, valueTicks } from "./value-axis";

it("ends an axis on the round value that nothing exceeds, in at most four steps", () => {
  expect(valueTicks(9_690_000, "money")).toEqual([0, 2_500_000, 5_000_000, 7_500_000, 10_000_000]);
  expect(valueTicks(2_700_000, "tokens")).toEqual([0, 1_000_000, 2_000_000, 3_000_000]);
  for (const largest of [0.3, 1, 7, 99, 101, 12_345]) {
    const ticks = valueTicks(largest, "ms");
    expect(ticks.length, String(largest)).toBeLessThanOrEqual(5);
    expect(ticks.at(-1), String(largest)).toBeGreaterThanOrEqual(largest);
  }
});

it("counts in whole steps, and nothing at all has a zero only", () => {
  expect(valueTicks(1, "count")).toEqual([0, 1]);
  expect(valueTicks(9, "count")).toEqual([0, 3, 6, 9]);
  expect(valueTicks(0, "count")).toEqual([0]);
});

it("piles up what is known of a bucket", () => {
  const points = [
    { atMs: 0, values: { a: 1, b: null } },
    { atMs: 1, values: { a: 2, b: 3 } },
  ];
  expect(highestPile(points, ["a", "b"])).toBe(5);
  expect(highestPile([], ["a"])).toBe(0);
});
