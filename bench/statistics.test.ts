import { expect, it } from "vitest";
import { median, percentile, spreadOf } from "./statistics";

it("takes the middle of odd and even numbers of values, in whatever order they come", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

it("takes the p99 from the slow end", () => {
  const values = Array.from({ length: 200 }, (_, i) => 200 - i);
  expect(percentile(values, 0.99)).toBe(199);
  expect(percentile(values, 0.5)).toBe(101);
});

it("says nothing about what was not measured", () => {
  expect(spreadOf([])).toBeNull();
  expect(spreadOf([2, 8, 5])).toEqual({ median: 5, min: 2, max: 8 });
});
