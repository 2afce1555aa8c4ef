"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { UsageGroup } from "@/lib/contracts/usage";
import { cn } from "@/lib/ui/class-names";
import { Card } from "@/lib/ui/primitives/card";
import { Money } from "@/lib/ui/primitives/money";

interface TopGroupsProps {
  title: string;
  groups: readonly UsageGroup[];
  /** Where a group's requests are. */
  hrefOf: (id: string) => string;
  mono?: boolean;
}

/** The groups that were charged most in the last days, each with its share as a bar. */
export function TopGroups({ title, groups, hrefOf, mono }: TopGroupsProps) {
  const t = useTranslations("adminOverview");
  const most = Math.max(1, ...groups.map(({ sums }) => Number(sums.chargeMicroUsd)));
  return (
    <Card title={title} purpose={t("topPurpose")}>
      {groups.length === 0 ? <p className="text-ink-muted">{t("noUse")}</p> : null}
      <ol className="flex flex-col gap-3">
        {groups.map(({ id, label, sums }) => (
          <li key={id} className="flex flex-col gap-1">
            <div className="flex items-baseline justify-between gap-3">
              <Link
                href={hrefOf(id)}
                className={cn("truncate hover:underline", mono && "font-mono text-sm")}
              >
                {label}
              </Link>
              <span className="shrink-0 text-sm">
                <span className="text-ink-muted">
                  {t("groupNote", { requests: sums.requests })} ·{" "}
                </span>
                <Money micro={sums.chargeMicroUsd} />
              </span>
            </div>
            <div aria-hidden="true" className="h-1 overflow-hidden rounded-full bg-hover">
              <div
                className="h-full rounded-full bg-accent"
                style={{ width: `${(Number(sums.chargeMicroUsd) / most) * 100}%` }}
              />
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}
