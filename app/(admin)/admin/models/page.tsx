import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { modelPricesQuery } from "@/lib/client/queries/models";
import { poolUsageTableQuery } from "@/lib/client/queries/usage";
import { makeQueryClient } from "@/lib/client/query-client";
import { pageContext } from "@/lib/server/page";
import { readModelPrices } from "@/lib/services/models/read-model-prices";
import { readPoolUsageTable } from "@/lib/services/usage-pages/read-usage";
import { ModelPage } from "./_parts/model-page";

const DAY_MS = 86_400_000;
const DAYS = 30;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminModels"))("title") };
}

export default async function ModelsPage() {
  const ctx = await pageContext("admin");
  const nowMs = ctx.clock.nowMs();
  const usage = {
    from: new Date(nowMs - DAYS * DAY_MS).toISOString(),
    to: new Date(nowMs).toISOString(),
    by: "model",
  } as const;
  const [prices, table] = await Promise.all([readModelPrices(ctx), readPoolUsageTable(ctx, usage)]);
  const client = makeQueryClient();
  client.setQueryData(modelPricesQuery.queryKey, prices);
  client.setQueryData(poolUsageTableQuery(usage).queryKey, table);

  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ModelPage usage={usage} />
    </HydrationBoundary>
  );
}
