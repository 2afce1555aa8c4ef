import type { UsageSums } from "../../contracts/usage";
import type { UsageSumsRow } from "../../db/usage-pages";

const NOTHING: UsageSumsRow = {
  requests: 0n,
  errors: 0n,
  inputTokens: 0n,
  cacheReadTokens: 0n,
  cacheWriteTokens: 0n,
  outputTokens: 0n,
  costMicroUsd: 0n,
  chargeMicroUsd: 0n,
  firstByteMsSum: 0n,
  firstByteCount: 0n,
  durationMsSum: 0n,
};

/** Sums as they are answered; what things cost upstream is for admins. */
export function showSums(row: UsageSumsRow | null, withCost: boolean): UsageSums {
  const sums = row ?? NOTHING;
  return {
    requests: Number(sums.requests),
    errors: Number(sums.errors),
    inputTokens: Number(sums.inputTokens),
    cacheReadTokens: Number(sums.cacheReadTokens),
    cacheWriteTokens: Number(sums.cacheWriteTokens),
    outputTokens: Number(sums.outputTokens),
    chargeMicroUsd: sums.chargeMicroUsd.toString(),
    costMicroUsd: withCost ? sums.costMicroUsd.toString() : null,
    averageFirstByteMs: average(sums.firstByteMsSum, sums.firstByteCount),
    averageDurationMs: average(sums.durationMsSum, sums.requests),
  };
}

/** The sum of several rows. */
export function addSums(rows: readonly UsageSumsRow[]): UsageSumsRow {
  const total = { ...NOTHING };
  for (const row of rows) {
    for (const name of Object.keys(NOTHING) as (keyof UsageSumsRow)[]) total[name] += row[name];
  }
  return total;
}

function average(sum: bigint, count: bigint): number | null {
  return count === 0n ? null : Math.round(Number(sum) / Number(count));
}
