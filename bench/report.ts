import type { Figures } from "./figures";
import type { Goal } from "./goals";
import { RELAY_NAMES, type RelayName } from "./relays";
import type { Scenario } from "./scenarios";
import type { Spread } from "./statistics";

type Row = readonly string[];

/** One table: a line for each thing measured, a column for each relay that took part. */
export function tableOf(
  figures: Figures,
  scenarios: readonly Scenario[],
  present: readonly RelayName[],
): string {
  const names = RELAY_NAMES.filter((name) => name !== "direct" && present.includes(name));
  const rows: Row[] = [["median (min–max), × bare", ...names]];
  for (const { name, title } of scenarios) {
    rows.push([title, ...names.map((relay) => cpuCell(figures, name, relay))]);
    if (name !== "ttfb") continue;
    const p50 = (relay: RelayName) => figures.added(relay, (sample) => sample.firstByteP50Ms);
    const p99 = (relay: RelayName) => figures.added(relay, (sample) => sample.firstByteP99Ms);
    rows.push(["… added to the first byte: p50 ms", ...names.map((relay) => spread(p50(relay)))]);
    rows.push(["… added to the first byte: p99 ms", ...names.map((relay) => spread(p99(relay)))]);
  }
  return aligned(rows);
}

/** The goals, one a line. */
export function goalLines(goals: readonly Goal[]): string {
  return aligned(goals.map(({ name, value, met }) => [name, value, verdict(met)]));
}

function verdict(met: boolean | null): string {
  if (met === null) return "unknown";
  return met ? "met" : "NOT met";
}

function cpuCell(figures: Figures, scenario: Scenario["name"], relay: RelayName): string {
  const ratio = figures.ratio(scenario, relay);
  const times = ratio === null ? "" : `  ${ratio.toFixed(2)} ×`;
  return `${spread(figures.cpu(scenario, relay))}${times}`;
}

function spread(value: Spread | null): string {
  if (!value) return "–";
  return `${short(value.median)} (${short(value.min)}–${short(value.max)})`;
}

/** Three digits that matter. */
function short(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) return value.toFixed(0);
  return size >= 10 ? value.toFixed(1) : value.toFixed(size >= 1 ? 2 : 3);
}

function aligned(rows: readonly Row[]): string {
  const widths = (rows[0] ?? []).map((_, i) =>
    Math.max(...rows.map((row) => [...(row[i] ?? "")].length)),
  );
  const line = (row: Row) =>
    row.map((cell, i) => cell.padEnd((widths[i] ?? 0) + cell.length - [...cell].length)).join("  ");
  return rows.map((row) => line(row).trimEnd()).join("\n");
}
