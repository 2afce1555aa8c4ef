import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { firstPage } from "@/lib/client/queries/paging";
import { requestsQuery } from "@/lib/client/queries/requests";
import { makeQueryClient } from "@/lib/client/query-client";
import { pageContext } from "@/lib/server/page";
import { listMyKeys } from "@/lib/services/keys/list-my-keys";
import { listMyRequests } from "@/lib/services/requests/list-requests";
import { PageHeader } from "@/lib/ui/layout/page-header";
import { type RequestParams, requestFilters } from "./_parts/request-filters";
import { RequestLog } from "./_parts/request-log";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("requests"))("title") };
}

interface RequestsPageProps {
  searchParams: Promise<RequestParams>;
}

export default async function RequestsPage({ searchParams }: RequestsPageProps) {
  const ctx = await pageContext("member");
  const nowMs = ctx.clock.nowMs();
  const filters = requestFilters(await searchParams, nowMs);
  const [t, page, keys] = await Promise.all([
    getTranslations("requests"),
    listMyRequests(ctx, filters),
    listMyKeys(ctx),
  ]);
  const client = makeQueryClient();
  client.setQueryData(requestsQuery(filters).queryKey, firstPage(page));

  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageHeader title={t("title")} purpose={t("purpose")} />
      <RequestLog nowMs={nowMs} keys={keys.map(({ id, name }) => ({ id, name }))} />
    </HydrationBoundary>
  );
}
