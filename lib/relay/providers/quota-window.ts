/** A quota of an account as its upstream states it with an answer. */
export interface QuotaWindow {
  /** The upstream's own name: "5h", "7d", "7d_opus", "requests". */
  name: string;
  /** Of the quota, 0 to 100 and more. */
  usedPercent: number;
  /** The upstream's word, such as "allowed_warning"; "" where it says none. */
  status: string;
  resetsAtMs: number | null;
}

export type AnswerHeaders = Readonly<Record<string, string>>;

/** A number in a header; null where there is none. */
export function headerNumber(headers: AnswerHeaders, name: string): number | null {
  const text = headers[name];
  if (text === undefined || text.trim() === "") return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}
