import type { ReactNode } from "react";
import { cn } from "../class-names";
import { TONE_SOFT, type Tone } from "./tones";

interface BadgeProps {
  tone?: Tone | "accent";
  mono?: boolean;
  className?: string;
  children: ReactNode;
}

/** A short word beside a name: a role, a kind, a version. For states use `StateChip`. */
export function Badge({ tone = "idle", mono, className, children }: BadgeProps) {
  return (
    <span
      className={cn(
        "inline-flex h-5 items-center whitespace-nowrap rounded-full px-2 font-medium text-xs",
        tone === "accent" ? "bg-accent-soft text-accent-text" : TONE_SOFT[tone],
        mono && "font-mono",
        className,
      )}
    >
      {children}
    </span>
  );
}
