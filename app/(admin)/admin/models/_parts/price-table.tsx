"use client";
import { Box } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { PricedModel } from "@/lib/contracts/models";
import { useFormat } from "@/lib/ui/format/use-format";
import type { DataColumn } from "@/lib/ui/primitives/data-columns";
import { DataTable } from "@/lib/ui/primitives/data-table";
import { EmptyState } from "@/lib/ui/primitives/empty-state";
import { FilterSearch, Filters } from "@/lib/ui/primitives/filters";
import { Money } from "@/lib/ui/primitives/money";
import { useUrlState } from "@/lib/ui/primitives/use-url-state";

/** Every model of the price list with its prices and its use; the used ones first. */
export function PriceTable({ models }: { models: readonly PricedModel[] }) {
  const t = useTranslations("adminModels");
  const { values, set } = useUrlState(["q"]);
  const columns = useColumns();
  const wanted = values.q.trim().toLowerCase();
  return (
    <DataTable
      label={t("title")}
      rows={models.filter(({ model }) => model.toLowerCase().includes(wanted))}
      rowId={({ model }) => model}
      rowName={({ model }) => model}
      columns={columns}
      pickColumns
      tools={
        <Filters active={values.q !== ""} onReset={() => set({ q: null })}>
          <FilterSearch label={t("search")} value={values.q} onChange={(q) => set({ q })} />
        </Filters>
      }
      empty={<EmptyState icon={Box} title={t("empty.noneTitle")} body={t("empty.noneBody")} />}
    />
  );
}

const PRICES = [
  { id: "input", field: "input", wideOnly: false, hidden: false },
  { id: "cacheRead", field: "cacheRead", wideOnly: true, hidden: false },
  { id: "cacheWrite", field: "cacheWrite5m", wideOnly: true, hidden: false },
  { id: "cacheWrite1h", field: "cacheWrite1h", wideOnly: true, hidden: true },
  { id: "output", field: "output", wideOnly: false, hidden: false },
] as const;

function useColumns(): readonly DataColumn<PricedModel>[] {
  const t = useTranslations("adminModels");
  const format = useFormat();
  return useMemo<DataColumn<PricedModel>[]>(() => {
    const end = { align: "end", wideOnly: true } as const;
    const prices = PRICES.map(
      ({ id, field, ...rest }): DataColumn<PricedModel> => ({
        id,
        header: t(`columns.${id}`),
        align: "end",
        ...rest,
        sortBy: (row) => BigInt(row[field]),
        cell: (row) => format.price(row[field]),
      }),
    );
    return [
      {
        id: "model",
        header: t("columns.model"),
        fixed: true,
        sortBy: ({ model }) => model,
        cell: ({ model }) => <code className="wrap-anywhere font-mono">{model}</code>,
      },
      ...prices,
      {
        id: "tiers",
        header: t("columns.tiers"),
        ...end,
        hidden: true,
        cell: ({ tiers }) => <LongInput tiers={tiers} />,
      },
      {
        id: "requests",
        header: t("columns.requests"),
        ...end,
        sortBy: ({ requests }) => requests,
        cell: ({ requests }) => format.compact(requests),
      },
      {
        id: "charge",
        header: t("columns.charge"),
        ...end,
        sortBy: ({ chargeMicroUsd }) => BigInt(chargeMicroUsd),
        cell: ({ chargeMicroUsd }) => <Money micro={chargeMicroUsd} />,
      },
    ];
  }, [t, format]);
}

/** Input and output prices of long prompts. */
function LongInput({ tiers }: Pick<PricedModel, "tiers">) {
  const t = useTranslations("adminModels");
  const format = useFormat();
  if (tiers.length === 0) return "–";
  return (
    <span className="flex flex-col py-1 text-xs">
      {tiers.map(({ aboveInputTokens, input, output }) => (
        <span key={aboveInputTokens} className="whitespace-nowrap">
          {t("tier", {
            tokens: format.compact(aboveInputTokens),
            input: format.price(input),
            output: format.price(output),
          })}
        </span>
      ))}
    </span>
  );
}
