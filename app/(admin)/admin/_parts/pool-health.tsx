"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { AdminOverview } from "@/lib/contracts/overview";
import { cn } from "@/lib/ui/class-names";
import { useFormat } from "@/lib/ui/format/use-format";
import { Card } from "@/lib/ui/primitives/card";
import { TONE_ICONS, TONE_TEXT, type Tone } from "@/lib/ui/primitives/tones";
import { STATE_TONES, STATES } from "../accounts/_parts/account-state";

const BARS: Record<Tone, string> = {
  good: "bg-good-mark",
  warn: "bg-warn-mark",
  bad: "bg-bad-mark",
  info: "bg-accent",
  idle: "bg-control",
};

/** How many accounts are in which state: one bar for the eye, a list with the numbers. */
export function PoolHealth({ pool }: { pool: AdminOverview["accounts"] }) {
  const t = useTranslations("adminOverview");
  const words = useTranslations("adminAccounts.states");
  const format = useFormat();
  const held = STATES.filter((state) => (pool.byState[state] ?? 0) > 0);
  return (
    <Card title={t("pool")} purpose={t("poolPurpose", { count: pool.total })}>
      {pool.total === 0 ? <p className="text-ink-muted">{t("noAccounts")}</p> : null}
      <div aria-hidden="true" className="mb-4 flex h-2 gap-0.5 overflow-hidden rounded-full">
        {held.map((state) => (
          <span
            key={state}
            className={BARS[STATE_TONES[state]]}
            style={{ flexGrow: pool.byState[state] }}
          />
        ))}
      </div>
      <ul className="flex flex-col gap-1">
        {held.map((state) => {
          const Icon = TONE_ICONS[STATE_TONES[state]];
          return (
            <li key={state}>
              <Link
                href={`/admin/accounts?state=${state}`}
                className="-mx-2 flex min-h-9 items-center justify-between gap-3 rounded-md px-2 hover:bg-hover"
              >
                <span className="flex items-center gap-2">
                  <Icon
                    aria-hidden="true"
                    className={cn("size-4", TONE_TEXT[STATE_TONES[state]])}
                  />
                  {words(state)}
                </span>
                <span className="font-medium">{format.count(pool.byState[state] ?? 0)}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
