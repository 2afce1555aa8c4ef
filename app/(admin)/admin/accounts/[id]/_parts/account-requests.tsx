"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { poolRequestsQuery } from "@/lib/client/queries/requests";
import { Button } from "@/lib/ui/primitives/button";
import { DataTable } from "@/lib/ui/primitives/data-table";
import { useRequestColumns } from "../../../../../(portal)/requests/_parts/request-columns";

const SHOWN = 10;
const FEW = new Set(["when", "model", "outcome", "charge", "firstByte"]);

/** The latest requests that reached an account; each opens with the choice that led to it. */
export function AccountRequests({ id }: { id: string }) {
  const t = useTranslations("adminAccounts.detail");
  const router = useRouter();
  const all = useRequestColumns();
  const columns = useMemo(() => all.filter((column) => FEW.has(column.id)), [all]);
  const { data } = useInfiniteQuery(poolRequestsQuery({ accountId: id }));
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <header className="flex min-h-8 items-center justify-between gap-3">
        <h2 className="font-semibold text-lg">{t("requestsTitle")}</h2>
        <Button asChild size="sm">
          <Link href={`/admin/requests?account=${id}`}>{t("allRequests")}</Link>
        </Button>
      </header>
      <DataTable
        label={t("requestsTitle")}
        rows={data?.pages[0]?.items.slice(0, SHOWN)}
        rowId={(row) => row.id}
        rowName={(row) => row.model}
        columns={columns}
        onOpen={(row) => router.push(`/admin/requests/${row.id}`)}
        empty={<p className="p-5 text-ink-muted">{t("noRequests")}</p>}
      />
    </section>
  );
}
