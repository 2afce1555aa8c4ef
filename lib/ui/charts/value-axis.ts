import type { NumberUnit } from "../format/use-format";
import { type ChartPoint, sumKnown } from "./chart-model";

const MULTIPLES = [1, 2, 2.5, 5, 10];
const MOST_STEPS = 4;
/** Nobody sends half a request. */
const WHOLE: ReadonlySet<NumberUnit> = new Set<NumberUnit>(["count", "tokens"]);

/** Round values from zero to the first one that nothing exceeds; at most five. */
export function valueTicks(largest: number, unit: NumberUnit): number[] {
  if (!(largest > 0)) return [0];
  const rough = largest / MOST_STEPS;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const round = (MULTIPLES.find((one) => one * magnitude >= rough) ?? 10) * magnitude;
  const step = WHOLE.has(unit) ? Math.max(1, Math.ceil(round)) : round;
  const steps = Math.ceil(largest / step);
  return Array.from({ length: steps + 1 }, (_, index) => index * step);
}

/** The height of the highest pile. */
export function highestPile(points: readonly ChartPoint[], ids: readonly string[]): number {
  const piles = points.map(({ values }) => sumKnown(ids.map((id) => values[id] ?? null)) ?? 0);
  return Math.max(0, ...piles);
}
