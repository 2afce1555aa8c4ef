interface SparklineProps {
  /** At least two numbers, oldest first, at even distances. */
  values: readonly number[];
  label: string;
  className?: string;
}

const WIDTH = 96;
const HEIGHT = 28;
const PAD = 2;

/** A line without axes: only the shape of the last while. Zero is its floor. */
export function Sparkline({ values, label, className }: SparklineProps) {
  if (values.length < 2) return null;
  const top = Math.max(...values, 1e-9);
  const step = (WIDTH - 2 * PAD) / (values.length - 1);
  const points = values.map((value, index) => {
    const x = PAD + index * step;
    const y = HEIGHT - PAD - (Math.max(0, value) / top) * (HEIGHT - 2 * PAD);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className={className ?? "h-7 w-24 shrink-0"}
    >
      <polygon
        points={`${PAD},${HEIGHT} ${points.join(" ")} ${WIDTH - PAD},${HEIGHT}`}
        className="fill-accent-soft"
      />
      <polyline
        points={points.join(" ")}
        className="fill-none stroke-accent-text"
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  );
}
