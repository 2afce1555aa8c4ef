import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { routingQuery } from "@/lib/client/queries/routing";
import { makeQueryClient } from "@/lib/client/query-client";
import { pageContext } from "@/lib/server/page";
import { readRouting } from "@/lib/services/routing/read-routing";
import { PageHeader } from "@/lib/ui/layout/page-header";
import { LatestChoices } from "./_parts/latest-choices";
import { StrategyCard } from "./_parts/strategy-card";
import { WhatIfCard } from "./_parts/what-if-card";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminRouting"))("title") };
}

export default async function RoutingPage() {
  const ctx = await pageContext("admin");
  const [t, routing] = await Promise.all([getTranslations("adminRouting"), readRouting(ctx)]);
  const client = makeQueryClient();
  client.setQueryData(routingQuery.queryKey, routing);

  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageHeader title={t("title")} purpose={t("purpose")} />
      <StrategyCard />
      <WhatIfCard />
      <LatestChoices />
    </HydrationBoundary>
  );
}
