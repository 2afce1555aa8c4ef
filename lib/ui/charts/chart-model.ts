/** One line, band or row of bars. */
export interface ChartSeries {
  id: string;
  label: string;
  /** A fixed place in the palette (1–6): things that keep their colour on every page. */
  colour?: number;
}

/** One bucket of time. */
export interface ChartPoint {
  /** Epoch ms of the bucket's start. */
  atMs: number;
  /** Value per series id; null: not known. Absent counts as null. */
  values: Readonly<Record<string, number | null>>;
}

export const OTHERS = "__others";
export const MOST_SERIES = 6;

/** A series with its final colour, as a CSS value. */
export interface PaintedSeries {
  id: string;
  label: string;
  colour: string;
}

export interface ChartModel {
  series: readonly PaintedSeries[];
  points: readonly ChartPoint[];
}

/**
 * At most six series, the largest first; what is smaller is added up as "others". Series that are
 * nothing all along are left out where others are something. A bucket whose small series are all
 * unknown stays unknown.
 */
export function groupOthers(
  series: readonly ChartSeries[],
  points: readonly ChartPoint[],
  othersLabel: string,
  most = MOST_SERIES,
): ChartModel {
  const totals = new Map(series.map(({ id }) => [id, totalOf(points, id)]));
  const some = series.filter(({ id }) => !isNothing(points, id));
  const shown = some.length > 0 ? some : [...series];
  const bySize = shown.sort((a, b) => (totals.get(b.id) ?? 0) - (totals.get(a.id) ?? 0));
  if (bySize.length <= most) return { series: paint(bySize), points };

  const small = bySize.slice(most).map(({ id }) => id);
  return {
    series: [
      ...paint(bySize.slice(0, most)),
      { id: OTHERS, label: othersLabel, colour: "var(--chart-others)" },
    ],
    points: points.map(({ atMs, values }) => ({
      atMs,
      values: { ...values, [OTHERS]: sumKnown(small.map((id) => values[id] ?? null)) },
    })),
  };
}

/** Known somewhere, and zero wherever it is known. */
function isNothing(points: readonly ChartPoint[], id: string): boolean {
  const known = points.map(({ values }) => values[id] ?? null).filter((value) => value !== null);
  return known.length > 0 && known.every((value) => value === 0);
}

/** The sum over the buckets in which the series is known. */
export function totalOf(points: readonly ChartPoint[], id: string): number {
  return points.reduce((sum, { values }) => sum + (values[id] ?? 0), 0);
}

/** Sum of the known ones; null when none is. */
export function sumKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

/** More than this between the first and last bucket is not filled: the range was not meant so. */
const MOST_BUCKETS = 5000;

/** Puts an unknown bucket wherever one is missing, so that a gap is drawn as a gap. */
export function withGaps(points: readonly ChartPoint[], bucketMs: number): ChartPoint[] {
  const sorted = [...points].sort((a, b) => a.atMs - b.atMs);
  const filled: ChartPoint[] = [];
  for (const point of sorted) {
    const last = filled.at(-1);
    const missing = last ? Math.round((point.atMs - last.atMs) / bucketMs) - 1 : 0;
    for (let i = 1; last && i <= Math.min(missing, MOST_BUCKETS); i++) {
      filled.push({ atMs: last.atMs + i * bucketMs, values: {} });
    }
    filled.push(point);
  }
  return filled;
}

/** Fixed colours first; the others take the free places in order. */
function paint(series: readonly ChartSeries[]): PaintedSeries[] {
  const taken = new Set<number>();
  const own = series.map(({ colour }) => {
    if (!colour || taken.has(colour)) return null;
    taken.add(colour);
    return colour;
  });
  const free = Array.from({ length: MOST_SERIES }, (_, index) => index + 1).filter(
    (place) => !taken.has(place),
  );
  return series.map(({ id, label }, index) => ({
    id,
    label,
    colour: `var(--chart-${own[index] ?? free.shift() ?? "others"})`,
  }));
}
