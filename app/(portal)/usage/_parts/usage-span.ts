const LONGEST_MS = 400 * 86_400_000;

/** Can usage be asked for between these two moments? False for what is no moment. */
export function isSpan(fromMs: number, toMs: number): boolean {
  return fromMs < toMs && toMs - fromMs <= LONGEST_MS;
}
