"use client";

import { useLocale } from "next-intl";
import {
  Area,
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { useFormat } from "../format/use-format";
import type { ChartModel, ChartPoint, PaintedSeries } from "./chart-model";
import { ChartTooltip } from "./chart-tooltip";
import { axisLabel, axisTicks, dayStarts } from "./time-axis";
import type { TimeChartProps } from "./time-chart-props";
import { useDrag } from "./use-drag";
import { highestPile, valueTicks } from "./value-axis";

interface TimeDrawingProps extends TimeChartProps {
  model: ChartModel;
  summary: string;
}

const MOST_TICKS = 8;
/** Half a date: the last one stands under the right edge of an area, and inside that of bars. */
const EDGE_PX = { bars: 8, area: 30, line: 30 } as const;
const TICK = { fill: "var(--ink-muted)", fontSize: 12 };

/** The drawing itself. */
export function TimeDrawing(props: TimeDrawingProps) {
  const { kind, unit, model, bucketMs, summary, onPick, onRange } = props;
  const format = useFormat();
  const locale = useLocale();
  const drag = useDrag({ onPick, onRange, bucketMs });
  const [fromMs, toMs] = domain(model.points, kind, bucketMs);
  const ids = model.series.map(({ id }) => id);
  const ticks = kind === "line" ? undefined : valueTicks(highestPile(model.points, ids), unit);
  return (
    <div role="img" aria-label={summary} className="h-full select-none">
      <ResponsiveContainer width="100%" height="100%">
        <ComposedChart
          data={[...model.points]}
          margin={{ top: 8, right: EDGE_PX[kind], bottom: 0, left: 0 }}
          accessibilityLayer={false}
          {...drag.handlers}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="atMs"
            type="number"
            scale="time"
            domain={[fromMs, toMs]}
            ticks={axisTicks(fromMs, toMs, MOST_TICKS)}
            tickFormatter={(at: number) => axisLabel(at, locale)}
            tick={TICK}
            tickLine={false}
            axisLine={{ stroke: "var(--line)" }}
            minTickGap={12}
            interval="equidistantPreserveStart"
          />
          <YAxis
            width={56}
            tick={TICK}
            tickLine={false}
            axisLine={false}
            ticks={ticks}
            domain={ticks ? [0, ticks.at(-1) || 1] : ["auto", "auto"]}
            tickFormatter={(value: number) => format.axis(value, unit)}
          />
          {dayStarts(fromMs, toMs).map((at) => (
            <ReferenceLine
              key={at}
              x={at}
              stroke="var(--control)"
              strokeOpacity={0.35}
              strokeDasharray="2 4"
            />
          ))}
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: "var(--control)", fill: "var(--hover)", fillOpacity: 0.6 }}
            content={({ active, payload }) => {
              const point: ChartPoint | undefined = payload?.[0]?.payload;
              if (!active || !point) return null;
              const { series } = model;
              return (
                <ChartTooltip {...{ point, series, unit, bucketMs }} withTotal={kind !== "line"} />
              );
            }}
          />
          {model.series.map((series) => mark(kind, series))}
          {drag.range ? (
            <ReferenceArea
              x1={drag.range[0]}
              x2={drag.range[1]}
              fill="var(--accent)"
              fillOpacity={0.15}
            />
          ) : null}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}

/** Bars reach half a bucket to either side of their moment. */
function domain(points: readonly ChartPoint[], kind: string, bucketMs: number): [number, number] {
  const first = points.at(0)?.atMs ?? 0;
  const last = points.at(-1)?.atMs ?? 0;
  const pad = kind === "bars" || first === last ? bucketMs / 2 : 0;
  return [first - pad, last + pad];
}

/** Recharts looks at the type of its direct children, so marks are elements, not components of ours. */
function mark(kind: TimeChartProps["kind"], { id, label, colour }: PaintedSeries) {
  const common = {
    name: label,
    dataKey: (point: ChartPoint) => point.values[id] ?? null,
    isAnimationActive: false,
  };
  if (kind === "line") {
    return (
      <Line
        key={id}
        {...common}
        type="linear"
        stroke={colour}
        strokeWidth={2}
        dot={false}
        connectNulls={false}
      />
    );
  }
  if (kind === "bars") {
    return <Bar key={id} {...common} stackId="whole" fill={colour} maxBarSize={28} />;
  }
  return (
    <Area
      key={id}
      {...common}
      type="linear"
      stackId="whole"
      stroke={colour}
      strokeWidth={1.5}
      fill={colour}
      fillOpacity={0.85}
      connectNulls={false}
    />
  );
}
