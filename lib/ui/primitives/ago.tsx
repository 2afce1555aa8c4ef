"use client";

import { useLocale, useTranslations } from "next-intl";
import { cn } from "../class-names";
import { formatAgo, formatMoment } from "../format/time-text";
import { Tip } from "./tooltip";
import { useNowMs } from "./use-now";

interface AgoProps {
  /** A moment as ISO text, epoch ms or Date. */
  at: string | number | Date;
  /** Takes no focus of its own: inside a row or link that is focused as a whole. */
  quiet?: boolean;
  className?: string;
}

/** How long ago in the reader's words; the exact moment in the reader's zone on hover and focus. */
export function Ago({ at, quiet, className }: AgoProps) {
  const locale = useLocale();
  const t = useTranslations("ui.ago");
  const now = useNowMs();
  const atMs = new Date(at).getTime();
  const time = (
    <time dateTime={new Date(atMs).toISOString()}>{formatAgo(atMs, now, locale) ?? t("now")}</time>
  );
  if (quiet) return <span className={cn("whitespace-nowrap", className)}>{time}</span>;
  return (
    <Tip text={<Moment atMs={atMs} />} onTap>
      <button
        type="button"
        className={cn("min-h-6 cursor-default whitespace-nowrap rounded-sm", className)}
      >
        {time}
      </button>
    </Tip>
  );
}

/** Rendered only in an open tip, hence only in the browser, hence in the reader's zone. */
function Moment({ atMs }: { atMs: number }) {
  return <span>{formatMoment(atMs, useLocale())}</span>;
}
