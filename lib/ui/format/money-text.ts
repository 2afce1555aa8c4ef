import { formatUsdExact, MICRO_PER_USD } from "../../shared/money";

const MICRO_PER_CENT = MICRO_PER_USD / 100n;

/** Amounts travel as bigint in the server and as a decimal string of micro-USD in JSON. */
export type MicroUsd = bigint | string | number;

/** The one place where an amount of any carrier becomes a bigint of micro-USD. */
export function toMicroUsd(amount: MicroUsd): bigint {
  return typeof amount === "number" ? BigInt(Math.round(amount)) : BigInt(amount);
}

/**
 * An amount for reading: two decimals from a cent up, every significant digit below it, so that
 * the cost of one small request does not read as zero.
 */
export function formatMoney(amount: MicroUsd, locale: string): string {
  const micro = toMicroUsd(amount);
  const magnitude = micro < 0n ? -micro : micro;
  const tiny = magnitude > 0n && magnitude < MICRO_PER_CENT;
  return currency(locale, tiny ? 6 : 2).format(Number(micro) / Number(MICRO_PER_USD));
}

/** A price per unit: people multiply it, so no digit is rounded away. */
export function formatPrice(amount: MicroUsd, locale: string): string {
  return currency(locale, 6).format(Number(toMicroUsd(amount)) / Number(MICRO_PER_USD));
}

/** Every digit that the books hold, for the tooltip. */
export function formatMoneyExact(amount: MicroUsd): string {
  const text = formatUsdExact(toMicroUsd(amount));
  return text.startsWith("-") ? `-$${text.slice(1)}` : `$${text}`;
}

function currency(locale: string, maximumFractionDigits: number): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency: "USD",
    // "$" in both languages: the portal has one currency, so "US$" would only be noise.
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: 2,
    maximumFractionDigits,
  });
}
