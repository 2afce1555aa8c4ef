"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { usageTableQuery } from "@/lib/client/queries/usage";
import { useFormat } from "@/lib/ui/format/use-format";
import { Button } from "@/lib/ui/primitives/button";
import { Card } from "@/lib/ui/primitives/card";
import { StateChip } from "@/lib/ui/primitives/state-chip";
import { OUTCOME_TONES, OUTCOMES } from "../../requests/_parts/outcome-chip";
import type { UsageAsked } from "./usage-range";

/** What did not end well, by outcome, with the way to the requests behind it. */
export function UsageErrors({ asked }: { asked: UsageAsked }) {
  const t = useTranslations("usage");
  const words = useTranslations("requests.outcomes");
  const format = useFormat();
  const { from, to, keyId } = asked.filters;
  const { data: table } = useQuery({
    ...usageTableQuery({ ...asked.filters, by: "outcome" }),
    placeholderData: keepPreviousData,
  });
  const counts = new Map(table?.rows.map(({ id, sums }) => [id, sums.requests]));
  const bad = OUTCOMES.filter((outcome) => outcome !== "complete" && counts.get(outcome));
  const log = (outcome: string) =>
    `/requests?${new URLSearchParams({ outcome, from, to, ...(keyId && { key: keyId }) })}`;
  return (
    <Card title={t("errorsTitle")} purpose={t("errorsPurpose")}>
      {table && bad.length === 0 ? <p className="text-ink-muted">{t("noErrors")}</p> : null}
      <ul className="flex flex-col divide-y divide-line">
        {bad.map((outcome) => (
          <li key={outcome} className="flex min-h-12 items-center gap-4 py-2">
            <span className="w-28">
              <StateChip tone={OUTCOME_TONES[outcome]} label={words(outcome)} />
            </span>
            <span className="w-16 text-end font-medium">
              {format.count(counts.get(outcome) ?? 0)}
            </span>
            <span className="flex-1 text-ink-muted">
              {format.share((counts.get(outcome) ?? 0) / Math.max(1, table?.total.requests ?? 1))}
            </span>
            <Button asChild size="sm">
              <Link href={log(outcome)}>{t("open")}</Link>
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
