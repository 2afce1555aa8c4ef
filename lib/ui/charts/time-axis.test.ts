import { expect, it } from "vitest";
import { axisTicks, dayStarts } from "./time-axis";

const from = new Date(2026, 2, 1, 10, 30).getTime();
const hours = (count: number) => from + count * 3_600_000;

it("marks the reader's own midnights", () => {
  const starts = dayStarts(from, hours(50)).map((at) => new Date(at));
  expect(starts.map((day) => day.getDate())).toEqual([2, 3]);
  expect(starts.every((day) => day.getHours() === 0)).toBe(true);
});

it("puts few ticks on full hours within a day, and on midnights over weeks", () => {
  const day = axisTicks(from, hours(24), 8);
  expect(day.length).toBeLessThanOrEqual(9);
  expect(day.every((at) => new Date(at).getMinutes() === 0)).toBe(true);
  const month = axisTicks(from, hours(24 * 30), 8);
  expect(month.length).toBeLessThanOrEqual(8);
  expect(month.every((at) => new Date(at).getHours() === 0)).toBe(true);
});

it("never runs away with an empty or turned range", () => {
  expect(axisTicks(from, from, 8).length).toBeLessThanOrEqual(1);
  expect(axisTicks(from, hours(-3), 8)).toEqual([]);
});
