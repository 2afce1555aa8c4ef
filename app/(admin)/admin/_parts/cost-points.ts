import type { UsageSeries } from "@/lib/contracts/usage";
import type { ChartPoint } from "@/lib/ui/charts/chart-model";

/** Cost at list prices of every group at every step, in micro-USD, as a chart takes it. */
export function costPoints(series: UsageSeries): ChartPoint[] {
  return series.points.map(({ at, sums }) => ({
    atMs: Date.parse(at),
    values: Object.fromEntries(
      series.groups.map(({ id }) => [id, Number(sums[id]?.costMicroUsd ?? 0)]),
    ),
  }));
}

/** Requests of all groups together at every step. */
export function requestPoints(series: UsageSeries, id: string): ChartPoint[] {
  return series.points.map(({ at, sums }) => ({
    atMs: Date.parse(at),
    values: { [id]: Object.values(sums).reduce((sum, one) => sum + one.requests, 0) },
  }));
}
