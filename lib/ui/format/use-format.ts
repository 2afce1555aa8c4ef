import { useLocale } from "next-intl";
import { formatMoney, formatMoneyExact, formatPrice, type MicroUsd } from "./money-text";
import { formatCompact, formatCount, formatShare } from "./number-text";
import { formatCountdown, formatDuration, formatDurationRough } from "./time-text";

/** The unit of a number, as a word that can cross from server to browser components. */
export type NumberUnit = "money" | "tokens" | "count" | "ms" | "share";

export interface Format {
  money(amount: MicroUsd): string;
  moneyExact(amount: MicroUsd): string;
  price(amount: MicroUsd): string;
  compact(count: number): string;
  count(count: number): string;
  share(share: number): string;
  duration(ms: number): string;
  countdown(ms: number): string;
  /** A number in the given unit; money is in micro-USD. */
  unit(value: number, unit: NumberUnit): string;
  /** The same in as few letters as an axis has room for. */
  axis(value: number, unit: NumberUnit): string;
}

/** The format helpers bound to the reader's language. Works in server and browser components. */
export function useFormat(): Format {
  return formatFor(useLocale());
}

/** The same helpers for a known language, for async server components. */
export function formatFor(locale: string): Format {
  const byUnit: Record<NumberUnit, (value: number) => string> = {
    money: (value) => formatMoney(value, locale),
    tokens: (value) => formatCompact(value, locale),
    count: (value) => formatCompact(value, locale),
    ms: (value) => formatDuration(value, locale),
    share: (value) => formatShare(value, locale),
  };
  return {
    money: (amount) => formatMoney(amount, locale),
    moneyExact: formatMoneyExact,
    price: (amount) => formatPrice(amount, locale),
    compact: (count) => formatCompact(count, locale),
    count: (count) => formatCount(count, locale),
    share: (share) => formatShare(share, locale),
    duration: byUnit.ms,
    countdown: (ms) => formatCountdown(ms, locale),
    unit: (value, unit) => byUnit[unit](value),
    axis: (value, unit) =>
      unit === "ms" ? formatDurationRough(value, locale) : byUnit[unit](value),
  };
}
