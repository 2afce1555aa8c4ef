"use client";

import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { useFormat } from "../format/use-format";
import { ChartCard, ChartSkeleton } from "./chart-card";
import { groupOthers, totalOf, withGaps } from "./chart-model";
import { ChartTable } from "./chart-table";
import { bucketLabel } from "./time-axis";
import type { TimeChartProps } from "./time-chart-props";
import { TimeDrawing } from "./time-drawing";
import { useMounted } from "./use-mounted";

/**
 * A chart over time. Areas and bars are stacked parts of a whole; lines stand side by side. More
 * than six series are grouped, missing buckets stay gaps, and the same numbers are one press away
 * as a table.
 */
export function TimeChart(props: TimeChartProps) {
  const { title, purpose, actions, series, points, bucketMs, unit, className } = props;
  const t = useTranslations("ui.chart");
  const mounted = useMounted();
  const othersLabel = t("others");
  const model = useMemo(
    () => (points ? groupOthers(series, withGaps(points, bucketMs), othersLabel) : null),
    [series, points, bucketMs, othersLabel],
  );
  const summary = useSummary(props);
  // The server does not know the reader's days, nor the width of the window.
  if (!model || !mounted) {
    return <ChartSkeleton {...{ title, purpose, className }} legend={series.length > 1} />;
  }
  if (model.points.length === 0) {
    return (
      <ChartCard
        {...{ title, purpose, actions, className }}
        series={[]}
        chart={<Nothing />}
        table={<Nothing />}
      />
    );
  }
  return (
    <ChartCard
      {...{ title, purpose, actions, className }}
      series={model.series}
      chart={<TimeDrawing {...props} model={model} summary={summary} />}
      table={<ChartTable {...{ title, model, unit, bucketMs }} />}
    />
  );
}

function Nothing() {
  const t = useTranslations("ui.chart");
  return <p className="flex h-full items-center justify-center text-ink-muted">{t("empty")}</p>;
}

/** The chart in one sentence, for those who do not see it. */
function useSummary({ title, series, points, unit, bucketMs }: TimeChartProps): string {
  const t = useTranslations("ui.chart");
  const format = useFormat();
  const locale = useLocale();
  const first = points?.at(0);
  const last = points?.at(-1);
  if (!points || !first || !last) return title;
  const total = series.reduce((sum, { id }) => sum + totalOf(points, id), 0);
  return t("summary", {
    title,
    from: bucketLabel(first.atMs, bucketMs, locale),
    to: bucketLabel(last.atMs, bucketMs, locale),
    total: format.unit(total, unit),
  });
}
