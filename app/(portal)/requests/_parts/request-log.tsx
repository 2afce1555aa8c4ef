"use client";
import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { ListTree } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ListFilters } from "@/lib/client/queries/paging";
import { requestsQuery } from "@/lib/client/queries/requests";
import type { RequestListQuery } from "@/lib/contracts/requests";
import { Button } from "@/lib/ui/primitives/button";
import { DataTable } from "@/lib/ui/primitives/data-table";
import { EmptyState } from "@/lib/ui/primitives/empty-state";
import { Field } from "@/lib/ui/primitives/field";
import { Switch } from "@/lib/ui/primitives/switch";
import { useRequestColumns } from "./request-columns";
import { RequestFilterRow } from "./request-filter-row";

interface RequestLogProps {
  /** Read out of the address on the server, where the first page was read with them. */
  filters: ListFilters<RequestListQuery>;
  keys: readonly { id: string; name: string }[];
}

const TAIL_MS = 3_000;

/** The log of requests, newest first, with filters in the address and a live tail. */
export function RequestLog({ filters, keys }: RequestLogProps) {
  const t = useTranslations("requests");
  const router = useRouter();
  const [live, setLive] = useState(false);
  const columns = useRequestColumns();
  const log = useSuspenseInfiniteQuery({
    ...requestsQuery(filters),
    refetchInterval: live ? TAIL_MS : false,
  });
  const rows = log.data.pages.flatMap((page) => page.items);
  const filtered = Object.keys(filters).length > 0;
  return (
    <DataTable
      label={t("title")}
      rows={rows}
      rowId={(row) => row.id}
      rowName={(row) => row.model}
      columns={columns}
      pickColumns
      onOpen={(row) => router.push(`/requests/${row.id}`)}
      more={{
        hasMore: log.hasNextPage,
        busy: log.isFetchingNextPage,
        onMore: () => void log.fetchNextPage(),
      }}
      tools={
        <>
          <RequestFilterRow keys={keys} />
          <Field label={<span title={t("tailHelp")}>{t("tail")}</span>} inline>
            {(control) => <Switch {...control} checked={live} onCheckedChange={setLive} />}
          </Field>
        </>
      }
      empty={<NoRequests filtered={filtered} />}
    />
  );
}

function NoRequests({ filtered }: { filtered: boolean }) {
  const t = useTranslations("requests.empty");
  if (filtered) return <EmptyState icon={ListTree} title={t("noneTitle")} body={t("noneBody")} />;
  return (
    <EmptyState
      icon={ListTree}
      title={t("title")}
      body={t("body")}
      action={
        <Button asChild look="primary">
          <Link href="/connect">{t("action")}</Link>
        </Button>
      }
    />
  );
}
