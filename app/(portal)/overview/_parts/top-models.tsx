"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { UsageGroup } from "@/lib/contracts/usage";
import { Card } from "@/lib/ui/primitives/card";
import { Money } from "@/lib/ui/primitives/money";

/** The dearest models of the month, with a bar for their share of the largest. */
export function TopModels({ models }: { models: readonly UsageGroup[] }) {
  const t = useTranslations("overview");
  const most = Math.max(1, ...models.map(({ sums }) => Number(sums.chargeMicroUsd)));
  return (
    <Card title={t("topModels")} purpose={t("topPurpose")} className="self-start">
      {models.length === 0 ? <p className="text-ink-muted">{t("noModels")}</p> : null}
      <ul className="flex flex-col gap-4">
        {models.map(({ id, label, sums }) => (
          <li key={id} className="flex flex-col gap-1.5">
            <div className="flex items-baseline justify-between gap-3">
              <Link
                href={`/usage?range=month&model=${encodeURIComponent(id)}`}
                className="truncate font-mono text-sm hover:text-accent-text hover:underline"
              >
                {label}
              </Link>
              <Money micro={sums.chargeMicroUsd} className="font-medium" />
            </div>
            <div aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-hover">
              <div
                className="h-full rounded-full bg-accent"
                style={{ width: `${(Number(sums.chargeMicroUsd) / most) * 100}%` }}
              />
            </div>
            <span className="text-ink-muted text-xs">
              {t("modelNote", { requests: sums.requests })}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
