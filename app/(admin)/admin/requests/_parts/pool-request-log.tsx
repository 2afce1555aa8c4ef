"use client";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { ListTree } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { poolRequestsQuery } from "@/lib/client/queries/requests";
import type { RequestRow } from "@/lib/contracts/requests";
import { DataTable } from "@/lib/ui/primitives/data-table";
import { EmptyState } from "@/lib/ui/primitives/empty-state";
import { ErrorState } from "@/lib/ui/primitives/error-state";
import { Field } from "@/lib/ui/primitives/field";
import { Switch } from "@/lib/ui/primitives/switch";
import { useUrlState } from "@/lib/ui/primitives/use-url-state";
import { useFailureText } from "../../../../_parts/use-failure-text";
import { PoolFilterRow } from "./pool-filter-row";
import { usePoolRequestColumns } from "./pool-request-columns";
import { POOL_REQUEST_PARAMS, poolRequestFilters } from "./pool-request-filters";

const TAIL_MS = 3_000;

/** Everybody's requests, newest first, with filters in the address and a live tail. */
export function PoolRequestLog({ openedMs }: { openedMs: number }) {
  const t = useTranslations("adminRequests");
  const requests = useTranslations("requests");
  const failureText = useFailureText();
  const router = useRouter();
  const { values } = useUrlState(POOL_REQUEST_PARAMS);
  const filters = poolRequestFilters(values, openedMs);
  const [live, setLive] = useState(false);
  const columns = usePoolRequestColumns();
  const log = useInfiniteQuery({
    ...poolRequestsQuery(filters),
    refetchInterval: live ? TAIL_MS : false,
    placeholderData: keepPreviousData,
  });
  const rows = log.data?.pages.flatMap((page) => page.items);
  if (log.error && !rows) {
    return <ErrorState message={failureText(log.error)} onRetry={() => void log.refetch()} />;
  }
  return (
    <DataTable
      label={t("title")}
      rows={rows}
      rowId={(row) => row.id}
      rowName={(row) => row.model}
      columns={columns}
      pickColumns
      onOpen={(row) => router.push(`/admin/requests/${row.id}`)}
      more={{
        hasMore: log.hasNextPage,
        busy: log.isFetchingNextPage,
        onMore: () => void log.fetchNextPage(),
      }}
      tools={
        <>
          <PoolFilterRow names={namesIn(rows ?? [])} />
          <Field label={<span title={requests("tailHelp")}>{requests("tail")}</span>} inline>
            {(control) => <Switch {...control} checked={live} onCheckedChange={setLive} />}
          </Field>
        </>
      }
      empty={<NoRequests filtered={Object.keys(filters).length > 0} />}
    />
  );
}

/** Names of users and keys that the shown rows hold, for the filters that links set by id. */
function namesIn(rows: readonly RequestRow[]): ReadonlyMap<string, string> {
  const known = rows.flatMap(({ user, key }) => [user, key]);
  return new Map(known.flatMap((one) => (one ? [[one.id, one.name]] : [])));
}

function NoRequests({ filtered }: { filtered: boolean }) {
  const t = useTranslations("adminRequests.empty");
  const none = useTranslations("requests.empty");
  if (filtered) {
    return <EmptyState icon={ListTree} title={none("noneTitle")} body={none("noneBody")} />;
  }
  return <EmptyState icon={ListTree} title={t("title")} body={t("body")} />;
}
