import { expect, it } from "vitest";
import { quotaForecast } from "./quota-forecast";

const HOUR = 3_600_000;
const RESET = 100 * HOUR;
const at = (name: string, usedPercent: number, passedHours: number, lengthHours: number) =>
  quotaForecast({
    name,
    usedPercent,
    resetsAtMs: RESET,
    seenAtMs: RESET - (lengthHours - passedHours) * HOUR,
  });

it("says when a window will be full at the pace since it began", () => {
  expect(at("5h", 60, 2, 5)).toEqual({
    atResetPercent: 150,
    fullAtMs: RESET - 5 * HOUR + (10 / 3) * HOUR,
  });
  expect(at("7d_opus", 20, 84, 168)).toEqual({ atResetPercent: 40, fullAtMs: null });
});

it("never says that it was full before it was looked at", () => {
  expect(at("5h", 100, 4, 5)?.fullAtMs).toBe(RESET - HOUR);
});

it("says nothing about the unknown, the unused and the barely begun", () => {
  expect(at("requests", 50, 2, 5)).toBeNull();
  expect(at("5h", 0, 2, 5)).toBeNull();
  expect(at("5h", 3, 0.1, 5)).toBeNull();
  const open = { name: "5h", usedPercent: 50, seenAtMs: RESET, resetsAtMs: null };
  expect(quotaForecast(open)).toBeNull();
  expect(quotaForecast({ ...open, resetsAtMs: RESET })).toBeNull();
});
