import type { UsageGroup, UsageQuery } from "@/lib/contracts/usage";
import { formatUsdExact } from "@/lib/shared/money";
import { saveFile } from "@/lib/ui/save-file";

const HEAD = [
  "id",
  "label",
  "requests",
  "errors",
  "input_tokens",
  "cache_read_tokens",
  "cache_write_tokens",
  "output_tokens",
  "charge_usd",
];

/** The table as comma-separated text, with exact numbers and the same names in every language. */
export function usageCsv(rows: readonly UsageGroup[]): string {
  const lines = rows.map(({ id, label, sums }) => [
    id,
    label,
    sums.requests,
    sums.errors,
    sums.inputTokens,
    sums.cacheReadTokens,
    sums.cacheWriteTokens,
    sums.outputTokens,
    formatUsdExact(BigInt(sums.chargeMicroUsd)),
  ]);
  return [HEAD, ...lines].map((line) => line.map(cellOf).join(",")).join("\r\n");
}

/** Gives the table to the reader as a file. */
export function saveUsageCsv(by: string, { from, to }: UsageQuery, rows: readonly UsageGroup[]) {
  const name = `usage-by-${by}-${from.slice(0, 10)}-${to.slice(0, 10)}.csv`;
  saveFile(name, usageCsv(rows), "text/csv");
}

function cellOf(value: string | number): string {
  // A spreadsheet would run a cell that begins like a formula; names come from people.
  const text =
    typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
