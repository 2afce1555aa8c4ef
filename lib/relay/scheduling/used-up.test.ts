import { expect, it } from "vitest";
import type { QuotaWindow } from "../providers/quota-window";
import { usedUpUntil } from "./used-up";

const NOW = 1_000_000;
const window = (name: string, usedPercent: number, resetsAtMs: number | null): QuotaWindow => ({
  name,
  usedPercent,
  resetsAtMs,
  status: "",
});
const until = (pauseAtPercent: number | null, ...windows: QuotaWindow[]) =>
  usedUpUntil({ pauseAtPercent, windows }, NOW);

it("holds an account back from the share that its admin set, until the window begins anew", () => {
  expect(until(80, window("5h", 79.9, NOW + 5))).toBeNull();
  expect(until(80, window("5h", 80, NOW + 5))).toBe(NOW + 5);
  expect(until(80, window("5h", 95, NOW + 5), window("7d", 81, NOW + 9))).toBe(NOW + 9);
});

it("holds nothing back without a setting, after the reset, or for one class of models", () => {
  expect(until(null, window("5h", 100, NOW + 5))).toBeNull();
  expect(until(80, window("5h", 100, NOW))).toBeNull();
  expect(until(80, window("5h", 100, null))).toBeNull();
  expect(until(80, window("7d_opus", 100, NOW + 5))).toBeNull();
  expect(until(80, window("requests", 100, NOW + 5))).toBeNull();
});
