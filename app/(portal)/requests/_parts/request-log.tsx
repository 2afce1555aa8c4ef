"use client";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { ListTree } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { requestsQuery } from "@/lib/client/queries/requests";
import { Button } from "@/lib/ui/primitives/button";
import { DataTable } from "@/lib/ui/primitives/data-table";
import { EmptyState } from "@/lib/ui/primitives/empty-state";
import { ErrorState } from "@/lib/ui/primitives/error-state";
import { Field } from "@/lib/ui/primitives/field";
import { Switch } from "@/lib/ui/primitives/switch";
import { useUrlState } from "@/lib/ui/primitives/use-url-state";
import { useFailureText } from "../../../_parts/use-failure-text";
import { useRequestColumns } from "./request-columns";
import { RequestFilterRow } from "./request-filter-row";
import { REQUEST_PARAMS, requestFilters } from "./request-filters";

interface RequestLogProps {
  /** When the page was made: ranges count back from here, on the server and in the browser alike. */
  nowMs: number;
  keys: readonly { id: string; name: string }[];
}

const TAIL_MS = 3_000;

/** The log of requests, newest first, with filters in the address and a live tail. */
export function RequestLog({ nowMs, keys }: RequestLogProps) {
  const t = useTranslations("requests");
  const failureText = useFailureText();
  const router = useRouter();
  const [live, setLive] = useState(false);
  const columns = useRequestColumns();
  const filters = requestFilters(useUrlState(REQUEST_PARAMS).values, nowMs);
  const log = useInfiniteQuery({
    ...requestsQuery(filters),
    placeholderData: keepPreviousData,
    refetchInterval: live ? TAIL_MS : false,
  });
  if (log.isError && !log.data) {
    const retry = () => void log.refetch();
    return <ErrorState message={failureText(log.error)} onRetry={retry} />;
  }
  return (
    <DataTable
      label={t("title")}
      rows={log.data?.pages.flatMap((page) => page.items)}
      rowId={(row) => row.id}
      rowName={(row) => row.model}
      columns={columns}
      pickColumns
      // What still stands there from the filter before looks like it.
      className={log.isPlaceholderData ? "opacity-60" : undefined}
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
      empty={<NoRequests filtered={Object.keys(filters).length > 0} />}
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
