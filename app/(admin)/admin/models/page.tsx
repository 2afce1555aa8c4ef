import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { modelPricesQuery } from "@/lib/client/queries/models";
import { makeQueryClient } from "@/lib/client/query-client";
import { pageContext } from "@/lib/server/page";
import { readModelPrices } from "@/lib/services/models/read-model-prices";
import { PageHeader } from "@/lib/ui/layout/page-header";
import { ModelView } from "./_parts/model-view";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminModels"))("title") };
}

export default async function ModelsPage() {
  const ctx = await pageContext("admin");
  const [t, prices] = await Promise.all([getTranslations("adminModels"), readModelPrices(ctx)]);
  const client = makeQueryClient();
  client.setQueryData(modelPricesQuery.queryKey, prices);

  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageHeader title={t("title")} purpose={t("purpose")} />
      <ModelView />
    </HydrationBoundary>
  );
}
