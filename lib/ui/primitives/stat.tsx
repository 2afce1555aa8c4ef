import { ArrowDown, ArrowUp, Minus } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "../class-names";
import { useFormat } from "../format/use-format";
import { Skeleton } from "./skeleton";
import { Sparkline } from "./sparkline";

interface StatProps {
  label: string;
  value: ReactNode;
  /** The number now and in the period before, for the change. */
  change?: { now: number; before: number };
  /** Which direction is welcome; a change in the other one is coloured as a warning. */
  welcome?: "up" | "down";
  /** A line of small print, instead of or below the change. */
  note?: ReactNode;
  trend?: readonly number[];
  className?: string;
}

/** One number that matters: its name, its value, how it changed, and its recent shape. */
export function Stat({ label, value, change, welcome, note, trend, className }: StatProps) {
  const t = useTranslations("ui.stat");
  return (
    <div
      className={cn(
        "flex min-w-0 flex-col gap-1 rounded-lg border border-line bg-surface px-4 py-3.5",
        className,
      )}
    >
      <span className="truncate text-ink-muted text-sm">{label}</span>
      <div className="flex min-h-9 items-center justify-between gap-3">
        <span className="truncate font-semibold text-2xl tracking-tight">{value}</span>
        {trend ? <Sparkline values={trend} label={`${label}: ${t("trend")}`} /> : null}
      </div>
      {change ? <Change {...change} welcome={welcome} /> : null}
      {note ? <span className="text-ink-muted text-sm">{note}</span> : null}
    </div>
  );
}

/** The place of a stat that is still coming, of the same height. */
export function StatSkeleton() {
  return (
    <div className="flex flex-col gap-1 rounded-lg border border-line bg-surface px-4 py-3.5">
      <Skeleton className="h-4.5 w-24" />
      <Skeleton className="my-0.5 h-8 w-32" />
      <Skeleton className="h-4.5 w-40" />
    </div>
  );
}

interface ChangeProps {
  now: number;
  before: number;
  welcome?: "up" | "down";
}

const ARROWS = { up: ArrowUp, down: ArrowDown, same: Minus } as const;

function Change({ now, before, welcome }: ChangeProps) {
  const t = useTranslations("ui.stat");
  const format = useFormat();
  if (before === 0) {
    return <span className="text-ink-muted text-sm">{now === 0 ? t("same") : t("new")}</span>;
  }
  const share = (now - before) / before;
  const direction = directionOf(share);
  const Arrow = ARROWS[direction];
  const text = t(direction, { change: format.share(Math.abs(share)) });
  return (
    <span className={cn("flex items-start gap-1 text-sm", colourOf(direction, welcome))}>
      <Arrow aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
      {text}
    </span>
  );
}

type Direction = keyof typeof ARROWS;

function directionOf(share: number): Direction {
  // Less than half a per cent is noise.
  if (Math.abs(share) < 0.005) return "same";
  return share > 0 ? "up" : "down";
}

function colourOf(direction: Direction, welcome: "up" | "down" | undefined): string {
  if (!welcome || direction === "same") return "text-ink-muted";
  return direction === welcome ? "text-good" : "text-warn";
}
