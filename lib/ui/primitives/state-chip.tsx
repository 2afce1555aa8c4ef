"use client";

import type { LucideIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "../class-names";
import { TONE_ICONS, TONE_SOFT, type Tone } from "./tones";
import { Tip } from "./tooltip";

interface StateChipProps {
  tone: Tone;
  /** The state in a word or two. */
  label: string;
  /** Why it is so and until when; shown on hover, focus and tap. */
  reason?: string | null;
  /** Instead of the tone's own icon. */
  icon?: LucideIcon;
  className?: string;
}

/** The state of a thing as icon and word, with its reason one hover or tap away. */
export function StateChip({ tone, label, reason, icon, className }: StateChipProps) {
  const t = useTranslations("ui");
  const Icon = icon ?? TONE_ICONS[tone];
  const look = cn(
    "inline-flex h-6 items-center gap-1.5 whitespace-nowrap rounded-full px-2 font-medium text-xs",
    TONE_SOFT[tone],
    className,
  );
  const inside = (
    <>
      <Icon aria-hidden="true" className="size-3.5 shrink-0" />
      {label}
    </>
  );
  if (!reason) return <span className={look}>{inside}</span>;
  return (
    <Tip text={reason} onTap>
      <button
        type="button"
        className={cn(look, "underline decoration-current/40 decoration-dotted underline-offset-3")}
      >
        {inside}
        <span className="sr-only">({t("why")})</span>
      </button>
    </Tip>
  );
}
