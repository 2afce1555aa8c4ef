import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { accountsQuery } from "@/lib/client/queries/accounts";
import { firstPage } from "@/lib/client/queries/paging";
import { poolRequestsQuery } from "@/lib/client/queries/requests";
import { makeQueryClient } from "@/lib/client/query-client";
import { pageContext } from "@/lib/server/page";
import { listAccounts } from "@/lib/services/accounts/list-accounts";
import { listAllRequests } from "@/lib/services/requests/list-requests";
import { PageHeader } from "@/lib/ui/layout/page-header";
import { type PoolRequestParams, poolRequestFilters } from "./_parts/pool-request-filters";
import { PoolRequestLog } from "./_parts/pool-request-log";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminRequests"))("title") };
}

interface RequestsPageProps {
  searchParams: Promise<PoolRequestParams>;
}

export default async function PoolRequestsPage({ searchParams }: RequestsPageProps) {
  const ctx = await pageContext("admin");
  const nowMs = ctx.clock.nowMs();
  const filters = poolRequestFilters(await searchParams, nowMs);
  const [t, page, accounts] = await Promise.all([
    getTranslations("adminRequests"),
    listAllRequests(ctx, filters),
    listAccounts(ctx),
  ]);
  const client = makeQueryClient();
  client.setQueryData(poolRequestsQuery(filters).queryKey, firstPage(page));
  client.setQueryData(accountsQuery.queryKey, accounts);

  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageHeader title={t("title")} purpose={t("purpose")} />
      <PoolRequestLog openedMs={nowMs} />
    </HydrationBoundary>
  );
}
