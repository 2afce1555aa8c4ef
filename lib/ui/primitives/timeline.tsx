"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "../class-names";
import { useFormat } from "../format/use-format";
import { TONE_ICONS, TONE_TEXT, type Tone } from "./tones";

export interface TimelineStep {
  id: string;
  label: string;
  /** ms since the beginning of the story. */
  atMs: number;
  /** For a step that lasts: its end in ms since the beginning. */
  untilMs?: number;
  tone?: Tone;
  /** More about it, below its name. */
  detail?: ReactNode;
}

interface TimelineProps {
  steps: readonly TimelineStep[];
  label: string;
}

const BARS: Record<Tone, string> = {
  good: "bg-good-mark",
  warn: "bg-warn-mark",
  bad: "bg-bad-mark",
  info: "bg-accent",
  idle: "bg-control",
};

/** A story in steps, each with its share of the whole time drawn to scale. */
export function Timeline({ steps, label }: TimelineProps) {
  const t = useTranslations("ui.timeline");
  const format = useFormat();
  const totalMs = Math.max(1, ...steps.map((step) => step.untilMs ?? step.atMs));
  return (
    <ol aria-label={label} className="flex flex-col">
      {steps.map((step) => {
        const tone = step.tone ?? "info";
        const Icon = TONE_ICONS[tone];
        const lastsMs = step.untilMs === undefined ? null : step.untilMs - step.atMs;
        return (
          <li
            key={step.id}
            className="group grid grid-cols-[1rem_minmax(0,1fr)] gap-x-3 sm:grid-cols-[1rem_minmax(0,1fr)_minmax(8rem,40%)]"
          >
            <div className="flex flex-col items-center pt-0.5">
              <Icon aria-hidden="true" className={cn("size-4 shrink-0", TONE_TEXT[tone])} />
              <span className="w-px flex-1 bg-line group-last:hidden" />
            </div>
            <div className="flex min-w-0 flex-col gap-0.5 pb-5 group-last:pb-0">
              <div className="flex flex-wrap items-baseline gap-x-2">
                <span className="font-medium">{step.label}</span>
                <span className="text-ink-muted text-sm">
                  {lastsMs === null
                    ? t("at", { time: format.duration(step.atMs) })
                    : format.duration(lastsMs)}
                </span>
              </div>
              {step.detail ? <div className="text-ink-muted text-sm">{step.detail}</div> : null}
            </div>
            <div aria-hidden="true" className="relative hidden h-4 self-start sm:block">
              <span className="absolute inset-x-0 top-1/2 h-px bg-line" />
              <span
                className={cn(
                  "absolute top-1/2 h-2 min-w-1 -translate-y-1/2 rounded-full",
                  BARS[tone],
                )}
                style={{
                  left: `${(Math.min(step.atMs / totalMs, 0.99) * 100).toFixed(2)}%`,
                  width: `${(((lastsMs ?? 0) / totalMs) * 100).toFixed(2)}%`,
                }}
              />
            </div>
          </li>
        );
      })}
    </ol>
  );
}
