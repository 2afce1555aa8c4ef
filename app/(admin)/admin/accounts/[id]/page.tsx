import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { accountQuery, providersQuery } from "@/lib/client/queries/accounts";
import { firstPage } from "@/lib/client/queries/paging";
import { poolRequestsQuery } from "@/lib/client/queries/requests";
import { poolUsageSeriesQuery } from "@/lib/client/queries/usage";
import { makeQueryClient } from "@/lib/client/query-client";
import { pageContext } from "@/lib/server/page";
import { listProviders } from "@/lib/services/accounts/list-providers";
import { readAccount } from "@/lib/services/accounts/read-account";
import { listAllRequests } from "@/lib/services/requests/list-requests";
import { readPoolUsageSeries } from "@/lib/services/usage-pages/read-usage";
import { AppError } from "@/lib/shared/errors";
import { AccountPage } from "./_parts/account-page";
import { lastDay } from "./_parts/last-day";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminAccounts"))("title") };
}

interface AccountPageProps {
  params: Promise<{ id: string }>;
}

export default async function OneAccountPage({ params }: AccountPageProps) {
  const [{ id }, ctx] = await Promise.all([params, pageContext("admin")]);
  const usage = { ...lastDay(ctx.clock.nowMs()), accountId: id };
  const detail = await readAccount(ctx, { id }).catch((thrown: unknown) => {
    if (thrown instanceof AppError && thrown.code === "not_found") notFound();
    throw thrown;
  });
  const [providers, requests, series] = await Promise.all([
    listProviders(ctx),
    listAllRequests(ctx, { accountId: id }),
    readPoolUsageSeries(ctx, { ...usage, step: "hour", by: "model" }),
  ]);
  const client = makeQueryClient();
  client.setQueryData(accountQuery(id).queryKey, detail);
  client.setQueryData(providersQuery.queryKey, providers);
  client.setQueryData(poolRequestsQuery({ accountId: id }).queryKey, firstPage(requests));
  client.setQueryData(
    poolUsageSeriesQuery({ ...usage, step: "hour", by: "model" }).queryKey,
    series,
  );

  return (
    <HydrationBoundary state={dehydrate(client)}>
      <AccountPage id={id} usage={usage} />
    </HydrationBoundary>
  );
}
