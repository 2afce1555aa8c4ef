import { expect, it } from "vitest";
import { formatMoney, formatMoneyExact, formatPrice } from "./money-text";
import { formatCompact, formatShare } from "./number-text";
import {
  formatAgo,
  formatCountdown,
  formatDuration,
  formatDurationRough,
  spaced,
} from "./time-text";

it("never shows the cost of a small request as zero", () => {
  expect(formatMoney(1n, "en")).toBe("$0.000001");
  expect(formatMoney("1234", "en")).toBe("$0.001234");
  expect(formatMoney(0n, "en")).toBe("$0.00");
});

it("shows cents from a cent up, in both languages with the same sign", () => {
  expect(formatMoney(10_000n, "en")).toBe("$0.01");
  expect(formatMoney(12_345_678_900n, "en")).toBe("$12,345.68");
  expect(formatMoney(-2_500_000n, "zh")).toBe("-$2.50");
});

it("keeps every digit in the exact amount", () => {
  expect(formatMoneyExact(12_345_678n)).toBe("$12.345678");
  expect(formatMoneyExact(-1n)).toBe("-$0.000001");
});

it("rounds no digit of a price away", () => {
  expect(formatPrice("125000", "en")).toBe("$0.125");
  expect(formatPrice("3000000", "zh")).toBe("$3.00");
});

it("sets Chinese apart from digits and Latin letters", () => {
  expect(spaced("2026年11月23日 05:50")).toBe("2026 年 11 月 23 日 05:50");
  expect(spaced("gemini和claude")).toBe("gemini 和 claude");
  expect(spaced("Nov 23, 2026")).toBe("Nov 23, 2026");
});

it("shortens counts to three digits and never to a thousand of a unit", () => {
  expect(formatCompact(950, "en")).toBe("950");
  expect(formatCompact(12_345, "en")).toBe("12.3\u00a0k");
  expect(formatCompact(999_950, "en")).toBe("1\u00a0M");
  expect(formatCompact(4_560_000_000, "zh")).toBe("4.56\u00a0B");
  expect(formatCompact(999.7, "en")).toBe("999.7");
});

it("does not round a small share down to none", () => {
  expect(formatShare(0.0001, "en")).toBe("<0.1%");
  expect(formatShare(0, "en")).toBe("0%");
  expect(formatShare(0.1234, "en")).toBe("12.3%");
});

it("writes durations in the unit that people compare", () => {
  expect(formatDuration(12.4, "en")).toBe("12 ms");
  expect(formatDuration(1_240, "en")).toBe("1.24 sec");
  expect(formatDuration(125_000, "en")).toBe("2 min 5 sec");
});

it("keeps to one unit on an axis", () => {
  expect(formatDurationRough(0, "en")).toBe("0 ms");
  expect(formatDurationRough(1_500, "en")).toBe("1.5 sec");
  expect(formatDurationRough(750_000, "en")).toBe("12.5 min");
});

it("counts down in the two largest units", () => {
  expect(formatCountdown(3 * 3_600_000 + 12 * 60_000 + 5_000, "en")).toBe("3 hr 12 min");
  expect(formatCountdown(2 * 86_400_000, "en")).toBe("2 days");
  expect(formatCountdown(-5, "en")).toBe("0 sec");
});

it("says how long ago in one unit, and nothing within a minute", () => {
  const now = 1_000_000_000_000;
  expect(formatAgo(now - 30_000, now, "en")).toBeNull();
  expect(formatAgo(now - 5 * 60_000, now, "en")).toBe("5 min. ago");
  expect(formatAgo(now - 3 * 3_600_000, now, "zh")).toBe("3 小时前");
  expect(formatAgo(now + 2 * 86_400_000, now, "en")).toBe("in 2 days");
});
