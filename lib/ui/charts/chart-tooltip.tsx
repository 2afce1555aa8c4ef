"use client";

import { useLocale, useTranslations } from "next-intl";
import { type NumberUnit, useFormat } from "../format/use-format";
import type { ChartPoint, PaintedSeries } from "./chart-model";
import { bucketLabel } from "./time-axis";

interface ChartTooltipProps {
  point: ChartPoint;
  series: readonly PaintedSeries[];
  unit: NumberUnit;
  bucketMs: number;
  /** Adds the sum: for series that are parts of a whole. */
  withTotal: boolean;
}

/** The numbers of one bucket, the largest first. */
export function ChartTooltip({ point, series, unit, bucketMs, withTotal }: ChartTooltipProps) {
  const t = useTranslations("ui.chart");
  const format = useFormat();
  const locale = useLocale();
  const known = series
    .map((one) => ({ ...one, value: point.values[one.id] ?? null }))
    .filter((one) => one.value !== null)
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const total = known.reduce((sum, { value }) => sum + (value ?? 0), 0);
  return (
    <div className="min-w-44 rounded-lg border border-line bg-raised px-3 py-2 text-sm shadow-float">
      <p className="pb-1 font-medium">{bucketLabel(point.atMs, bucketMs, locale)}</p>
      {known.length === 0 ? <p className="text-ink-muted">–</p> : null}
      <ul className="flex flex-col gap-0.5">
        {known.map(({ id, label, colour, value }) => (
          <li key={id} className="flex items-center gap-2">
            <span className="size-2.5 rounded-sm" style={{ backgroundColor: colour }} />
            <span className="flex-1 truncate text-ink-muted">{label}</span>
            <span>{format.unit(value ?? 0, unit)}</span>
          </li>
        ))}
        {withTotal && known.length > 1 ? (
          <li className="mt-1 flex items-center gap-2 border-t pt-1 font-medium">
            <span className="flex-1">{t("total")}</span>
            <span>{format.unit(total, unit)}</span>
          </li>
        ) : null}
      </ul>
    </div>
  );
}
