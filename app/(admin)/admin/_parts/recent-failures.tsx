"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { RequestRow } from "@/lib/contracts/requests";
import { Badge } from "@/lib/ui/primitives/badge";
import { Button } from "@/lib/ui/primitives/button";
import { DataTable } from "@/lib/ui/primitives/data-table";
import { useFailureWords } from "../../../(portal)/requests/_parts/failure-words";
import { usePoolRequestColumns } from "../requests/_parts/pool-request-columns";

const FEW = new Set(["when", "model", "outcome", "user", "account", "duration"]);

/** The latest requests that nothing could answer, with how often each reason came. */
export function RecentFailures({ rows }: { rows: readonly RequestRow[] }) {
  const t = useTranslations("adminOverview");
  const router = useRouter();
  const all = usePoolRequestColumns();
  const columns = useMemo(() => all.filter(({ id }) => FEW.has(id)), [all]);
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <header className="flex flex-wrap items-end justify-between gap-3">
        <div className="flex flex-col gap-0.5">
          <h2 className="font-semibold text-lg">{t("failures")}</h2>
          <p className="text-ink-muted text-sm">{t("failuresPurpose")}</p>
        </div>
        <Button asChild size="sm">
          <Link href="/admin/requests">{t("all")}</Link>
        </Button>
      </header>
      <Reasons rows={rows} />
      <DataTable
        label={t("failures")}
        rows={rows}
        rowId={(row) => row.id}
        rowName={(row) => row.model}
        columns={columns}
        onOpen={(row) => router.push(`/admin/requests/${row.id}`)}
        empty={<p className="p-5 text-ink-muted">{t("noFailures")}</p>}
      />
    </section>
  );
}

function Reasons({ rows }: { rows: readonly RequestRow[] }) {
  const t = useTranslations("adminOverview");
  const words = useFailureWords();
  const counts = new Map<string, number>();
  for (const { failure } of rows) {
    if (failure) counts.set(failure, (counts.get(failure) ?? 0) + 1);
  }
  if (counts.size === 0) return null;
  return (
    <ul aria-label={t("failureReasons")} className="flex flex-wrap gap-2">
      {[...counts].map(([code, count]) => (
        <li key={code}>
          <Badge tone="bad">
            {words(code)?.title} · {count}
          </Badge>
        </li>
      ))}
    </ul>
  );
}
