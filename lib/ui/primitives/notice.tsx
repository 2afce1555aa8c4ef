import type { ReactNode } from "react";
import { cn } from "../class-names";
import { TONE_ICONS, TONE_TEXT, type Tone } from "./tones";

interface NoticeProps {
  tone?: Tone;
  title?: ReactNode;
  action?: ReactNode;
  className?: string;
  children?: ReactNode;
}

const EDGES: Record<Tone, string> = {
  good: "border-good/35 bg-good-soft/60",
  warn: "border-warn/35 bg-warn-soft/60",
  bad: "border-bad/35 bg-bad-soft/60",
  info: "border-info/35 bg-info-soft/60",
  idle: "border-line bg-sunken",
};

/** A sentence that the reader should meet before the content below it. */
export function Notice({ tone = "info", title, action, className, children }: NoticeProps) {
  const Icon = TONE_ICONS[tone];
  return (
    <div
      className={cn(
        "flex gap-3 rounded-lg max-sm:flex-wrap border px-4 py-3",
        EDGES[tone],
        className,
      )}
    >
      <Icon aria-hidden="true" className={cn("mt-0.5 size-4 shrink-0", TONE_TEXT[tone])} />
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        {title ? <p className="font-medium">{title}</p> : null}
        {children ? <div className="text-ink-muted">{children}</div> : null}
      </div>
      {action ? (
        <div className="shrink-0 self-center max-sm:w-full max-sm:ps-7">{action}</div>
      ) : null}
    </div>
  );
}
