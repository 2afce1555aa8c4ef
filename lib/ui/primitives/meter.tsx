"use client";

import { useTranslations } from "next-intl";
import { cn } from "../class-names";
import { type NumberUnit, useFormat } from "../format/use-format";
import { useNowMs } from "./use-now";

interface MeterProps {
  /** What is limited. */
  label: string;
  /** Micro-USD when the unit is money. */
  used: number;
  /** null: counted, but without a limit, and so without a bar. */
  limit: number | null;
  unit: NumberUnit;
  /** Epoch ms of the next reset; null when it never resets. */
  resetsAtMs?: number | null;
  /** Only the bar and the numbers, in one line: for tables. */
  dense?: boolean;
  className?: string;
}

type Level = "calm" | "near" | "reached";

const NEAR = 0.8;
const FILLS: Record<Level, string> = {
  calm: "bg-accent",
  near: "bg-warn-mark",
  reached: "bg-bad-mark",
};

/** How much of a limit is used. From 80 % it warns, at 100 % it says that the limit is reached. */
export function Meter({ label, used, limit, unit, resetsAtMs, dense, className }: MeterProps) {
  const t = useTranslations("ui.meter");
  const format = useFormat();
  const now = useNowMs();
  const level = levelOf(used, limit);
  const amount = format.unit(used, unit);
  const text = limit === null ? amount : `${amount} / ${format.unit(limit, unit)}`;
  const reset = resetsAtMs ? t("resets", { time: format.countdown(resetsAtMs - now) }) : null;
  return (
    <div className={cn("flex min-w-0 flex-col gap-1.5", className)}>
      <div className="flex items-baseline justify-between gap-3 text-sm">
        {dense ? null : <span className="truncate font-medium">{label}</span>}
        <span className={cn("whitespace-nowrap", dense ? "text-ink" : "text-ink-muted")}>
          {text}
        </span>
      </div>
      {limit === null ? null : (
        <Bar
          label={label}
          share={used / Math.max(limit, 1)}
          level={level}
          spoken={t("used", { used: amount, limit: format.unit(limit, unit) })}
        />
      )}
      {dense || limit === null ? null : (
        <div className="flex min-h-4 justify-between gap-3 text-xs">
          <LevelWord level={level} />
          {reset ? <span className="text-ink-muted">{reset}</span> : null}
        </div>
      )}
    </div>
  );
}

function levelOf(used: number, limit: number | null): Level {
  if (limit === null) return "calm";
  if (used >= limit) return "reached";
  return used >= limit * NEAR ? "near" : "calm";
}

interface BarProps {
  label: string;
  share: number;
  level: Level;
  spoken: string;
}

function Bar({ label, share, level, spoken }: BarProps) {
  const percent = Math.min(100, Math.max(0, share * 100));
  return (
    <div className="h-1.5 overflow-hidden rounded-full bg-hover">
      <meter
        aria-label={label}
        aria-valuetext={spoken}
        min={0}
        max={100}
        value={percent}
        className="sr-only"
      >
        {spoken}
      </meter>
      <div
        aria-hidden="true"
        className={cn("h-full rounded-full", FILLS[level])}
        style={{ width: `${percent}%` }}
      />
    </div>
  );
}

function LevelWord({ level }: { level: Level }) {
  const t = useTranslations("ui.meter");
  if (level === "calm") return <span />;
  return (
    <span className={cn("font-medium", level === "near" ? "text-warn" : "text-bad")}>
      {t(level)}
    </span>
  );
}
