import type { Key, KeySpend } from "@/lib/contracts/keys";

/** A money limit that is set, with how much of it is used (1 = all). */
export interface Budget {
  period: KeySpend["period"];
  spent: number;
  limit: number;
  share: number;
  resetsAtMs: number | null;
}

/** The money limits that are set, tightest first. Amounts in micro-USD as numbers, for bars only. */
export function budgetsOf(spend: readonly KeySpend[]): Budget[] {
  return spend
    .flatMap(({ period, spentMicroUsd, limitMicroUsd, resetsAt }) => {
      if (limitMicroUsd === null) return [];
      const spent = Number(spentMicroUsd);
      const limit = Number(limitMicroUsd);
      const resetsAtMs = resetsAt ? Date.parse(resetsAt) : null;
      return [{ period, spent, limit, share: limit === 0 ? 1 : spent / limit, resetsAtMs }];
    })
    .sort((a, b) => b.share - a.share);
}

/** What the key has spent over its whole life, in micro-USD. */
export function totalSpent(key: Key): bigint {
  return BigInt(key.spend.find(({ period }) => period === "total")?.spentMicroUsd ?? "0");
}
