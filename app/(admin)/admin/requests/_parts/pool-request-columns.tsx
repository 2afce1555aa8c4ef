"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { RequestRow } from "@/lib/contracts/requests";
import type { DataColumn } from "@/lib/ui/primitives/data-columns";
import { Money } from "@/lib/ui/primitives/money";
import { useRequestColumns } from "../../../../(portal)/requests/_parts/request-columns";

type Column = DataColumn<RequestRow>;

/** The columns of the member's log with those that only admins see: user, account and cost. */
export function usePoolRequestColumns(): readonly Column[] {
  const t = useTranslations("adminRequests");
  const all = useRequestColumns();
  return useMemo(() => {
    const user: Column = {
      id: "user",
      header: t("user"),
      wideOnly: true,
      className: "max-w-40 truncate",
      cell: (row) => row.user?.name ?? <Nobody word={t("noUser")} />,
    };
    const account: Column = {
      id: "account",
      header: t("account"),
      wideOnly: true,
      className: "max-w-40 truncate",
      cell: (row) => row.account?.name ?? <Nobody word={t("noAccount")} />,
    };
    const cost: Column = {
      id: "cost",
      header: t("cost"),
      align: "end",
      hidden: true,
      cell: (row) => <Money micro={row.costMicroUsd ?? 0} />,
    };
    const beside: Readonly<Record<string, readonly Column[]>> = { key: [account], charge: [cost] };
    return all.flatMap((column) => {
      const shown = HIDDEN.has(column.id) ? { ...column, hidden: true } : column;
      return [...(column.id === "key" ? [user] : []), shown, ...(beside[column.id] ?? [])];
    });
  }, [all, t]);
}

/** Left to the column picker: the width goes to who asked and who served. */
const HIDDEN = new Set(["key", "duration"]);

function Nobody({ word }: { word: string }) {
  return <span className="text-ink-muted">{word}</span>;
}
