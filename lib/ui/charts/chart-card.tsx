"use client";

import { ChartColumn, Table2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { cn } from "../class-names";
import { Card } from "../primitives/card";
import { IconButton } from "../primitives/icon-button";
import { Skeleton } from "../primitives/skeleton";
import type { PaintedSeries } from "./chart-model";

/** Height of every chart's drawing, and of what stands in for it. */
export const CHART_HEIGHT = "h-64";

interface ChartCardProps {
  title: string;
  /** The unit and what is counted, in a few words. */
  purpose?: string;
  /** A range switch or the like, at the right of the title. */
  actions?: ReactNode;
  series: readonly PaintedSeries[];
  chart: ReactNode;
  /** The same numbers for those who read tables. */
  table: ReactNode;
  className?: string;
}

/** What every chart has around it: title, unit, legend, and the switch to its table. */
export function ChartCard(props: ChartCardProps) {
  const { title, purpose, actions, series, chart, table, className } = props;
  const t = useTranslations("ui.chart");
  const [asTable, setAsTable] = useState(false);
  return (
    <Card
      title={title}
      purpose={purpose}
      className={className}
      actions={
        <>
          {actions}
          <IconButton
            icon={asTable ? ChartColumn : Table2}
            label={t(asTable ? "showChart" : "showTable")}
            size="sm"
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
          />
        </>
      }
    >
      <div className={cn(CHART_HEIGHT, "min-w-0")}>{asTable ? table : chart}</div>
      {series.length > 1 && !asTable ? <Legend series={series} /> : null}
    </Card>
  );
}

function Legend({ series }: { series: readonly PaintedSeries[] }) {
  return (
    <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-ink-muted text-sm">
      {series.map(({ id, label, colour }) => (
        <li key={id} className="flex items-center gap-1.5">
          <span
            aria-hidden="true"
            className="size-2.5 rounded-sm"
            style={{ backgroundColor: colour }}
          />
          {label}
        </li>
      ))}
    </ul>
  );
}

interface ChartSkeletonProps {
  title: string;
  purpose?: string;
  /** Leaves room for the legend. */
  legend?: boolean;
  className?: string;
}

/** The place of a chart that is still coming, of the same height. */
export function ChartSkeleton({ title, purpose, legend, className }: ChartSkeletonProps) {
  return (
    <Card title={title} purpose={purpose} className={className} actions={<span className="h-7" />}>
      <Skeleton className={CHART_HEIGHT} />
      {legend ? <Skeleton className="mt-3 h-4.5 w-64 max-w-full" /> : null}
    </Card>
  );
}
