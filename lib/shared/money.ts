/** Money is an integer count of micro-USD (1 USD = 1,000,000), as a bigint, everywhere. */
export const MICRO_PER_USD = 1_000_000n;
/** Rates (plan, group, key multipliers) are integers in parts per million: 1 × = 1,000,000. */
export const RATE_ONE_PPM = 1_000_000n;

/** `numerator / denominator` rounded half up (away from zero for negatives). The denominator is positive. */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const half = denominator / 2n;
  return numerator >= 0n ? (numerator + half) / denominator : -((-numerator + half) / denominator);
}

/** Parses a decimal amount of USD ("12.5") exactly to micro-USD; null when it is not one. */
export function parseUsd(text: string): bigint | null {
  const match = /^(-?)(\d{1,12})(?:\.(\d{1,6}))?$/.exec(text.trim());
  if (!match) return null;
  const [, sign, whole, fraction] = match;
  const micro = BigInt(whole ?? "0") * MICRO_PER_USD + BigInt((fraction ?? "").padEnd(6, "0"));
  return sign ? -micro : micro;
}

/** Exact decimal USD without trailing zeros beyond cents: 12500000n → "12.50", 1234n → "0.001234". */
export function formatUsdExact(micro: bigint): string {
  const sign = micro < 0n ? "-" : "";
  const magnitude = micro < 0n ? -micro : micro;
  const fraction = (magnitude % MICRO_PER_USD)
    .toString()
    .padStart(6, "0")
    .replace(/0{1,4}$/, "");
  return `${sign}${magnitude / MICRO_PER_USD}.${fraction}`;
}
