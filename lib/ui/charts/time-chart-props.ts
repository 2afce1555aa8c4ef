import type { ReactNode } from "react";
import type { NumberUnit } from "../format/use-format";
import type { ChartPoint, ChartSeries } from "./chart-model";

export interface TimeChartProps {
  title: string;
  /** The unit in words, such as "micro-dollars per hour" would be "US dollars per hour". */
  purpose?: string;
  kind: "area" | "bars" | "line";
  unit: NumberUnit;
  series: readonly ChartSeries[];
  /** undefined while loading. */
  points: readonly ChartPoint[] | undefined;
  /** Length of one bucket, by which gaps are found. */
  bucketMs: number;
  actions?: ReactNode;
  /** Click on a bucket: drill down. */
  onPick?: (atMs: number) => void;
  /** Drag over the drawing: zoom. */
  onRange?: (fromMs: number, toMs: number) => void;
  className?: string;
}
