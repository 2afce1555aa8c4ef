"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { usageTableQuery } from "@/lib/client/queries/usage";
import type { UsageGroup, UsageSums } from "@/lib/contracts/usage";
import { useFormat } from "@/lib/ui/format/use-format";
import { Button } from "@/lib/ui/primitives/button";
import type { DataColumn } from "@/lib/ui/primitives/data-columns";
import { DataTable } from "@/lib/ui/primitives/data-table";
import { Money } from "@/lib/ui/primitives/money";
import { Tokens } from "@/lib/ui/primitives/tokens";
import { cacheShare } from "./usage-chart-data";
import { saveUsageCsv } from "./usage-csv";
import type { UsageAsked } from "./usage-range";
import { useGroupLabel } from "./use-group-label";

/** The groups of the range with every number. */
export function UsageTableCard({ asked }: { asked: UsageAsked }) {
  const t = useTranslations("usage");
  const { filters, by } = asked;
  const { data: table, isPlaceholderData: stale } = useQuery({
    ...usageTableQuery({ ...filters, by }),
    placeholderData: keepPreviousData,
  });
  const labelOf = useGroupLabel(by);
  const columns = useColumns(by, labelOf, Number(table?.total.chargeMicroUsd ?? 0));
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <header className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 className="font-semibold text-lg">{t("table.title")}</h2>
          <p className="text-ink-muted text-sm">{t("table.purpose")}</p>
        </div>
        <Button
          size="sm"
          disabled={!table}
          onClick={() => table && saveUsageCsv(by, filters, table.rows)}
        >
          <Download aria-hidden="true" />
          {t("table.download")}
        </Button>
      </header>
      <DataTable
        label={t("table.title")}
        rows={table?.rows}
        rowId={(row) => row.id}
        rowName={labelOf}
        columns={columns}
        empty={null}
        className={stale ? "opacity-60" : undefined}
      />
    </section>
  );
}

function useColumns(
  by: UsageAsked["by"],
  labelOf: (group: UsageGroup) => string,
  total: number,
): readonly DataColumn<UsageGroup>[] {
  const t = useTranslations("usage");
  const format = useFormat();
  return useMemo(() => {
    const tokens = (id: "input" | "cacheRead" | "cacheWrite" | "output", wideOnly: boolean) => ({
      id,
      header: t(`table.${id}`),
      align: "end" as const,
      wideOnly,
      sortBy: ({ sums }: UsageGroup) => sums[`${id}Tokens`],
      cell: ({ sums }: UsageGroup) => <Tokens count={sums[`${id}Tokens`]} />,
    });
    const number = (id: "requests" | "errors", wideOnly: boolean) => ({
      id,
      header: t(`table.${id}`),
      align: "end" as const,
      wideOnly,
      sortBy: ({ sums }: UsageGroup) => sums[id],
      cell: ({ sums }: UsageGroup) => format.count(sums[id]),
    });
    const shareOf = ({ chargeMicroUsd }: UsageSums) =>
      total === 0 ? 0 : Number(chargeMicroUsd) / total;
    return [
      {
        id: "name",
        header: t(`groups.${by}`),
        fixed: true,
        sortBy: labelOf,
        cell: (row) =>
          by === "model" ? (
            <code className="block max-w-36 truncate font-mono sm:max-w-80">{labelOf(row)}</code>
          ) : (
            labelOf(row)
          ),
      },
      {
        id: "charge",
        header: t("table.charge"),
        align: "end",
        sortBy: ({ sums }) => BigInt(sums.chargeMicroUsd),
        cell: ({ sums }) => <Money micro={sums.chargeMicroUsd} />,
      },
      {
        id: "share",
        header: t("table.share"),
        align: "end",
        wideOnly: true,
        sortBy: ({ sums }) => shareOf(sums),
        cell: ({ sums }) => format.share(shareOf(sums)),
      },
      number("requests", false),
      number("errors", true),
      tokens("input", true),
      tokens("cacheRead", true),
      tokens("cacheWrite", true),
      tokens("output", true),
      {
        id: "cacheHits",
        header: t("table.cacheHits"),
        align: "end",
        wideOnly: true,
        sortBy: ({ sums }) => cacheShare(sums),
        cell: ({ sums }) => format.share(cacheShare(sums)),
      },
    ];
  }, [t, format, by, labelOf, total]);
}
