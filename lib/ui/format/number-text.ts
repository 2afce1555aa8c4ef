const STEPS = [
  { from: 1e12, sign: "T" },
  { from: 1e9, sign: "B" },
  { from: 1e6, sign: "M" },
  { from: 1e3, sign: "k" },
] as const;

/** No-break space between a number and its unit. */
const NBSP = "\u00a0";

/** A count in three significant digits: 950, 12.3 k, 4.56 M. The same letters in every language. */
export function formatCompact(count: number, locale: string): string {
  const magnitude = Math.abs(count);
  // 999,950 would read as "1,000 k": what rounds up to the next unit is written in it.
  const step = STEPS.find(({ from }) => magnitude >= from * 0.9995);
  if (!step || magnitude < 1000) return formatCount(Math.round(count * 100) / 100, locale);
  const digits = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
  return `${digits.format(count / step.from)}${NBSP}${step.sign}`;
}

/** A whole or fractional number with the language's own grouping. */
export function formatCount(count: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(count);
}

/** A share: 0.0345 → 3.5%. Below one per mille it says "<0.1%", never a false zero. */
export function formatShare(share: number, locale: string): string {
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  if (share > 0 && share < 0.001) return `<${percent.format(0.001)}`;
  return percent.format(share);
}
