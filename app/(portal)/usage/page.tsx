import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { usageSeriesQuery, usageSummaryQuery, usageTableQuery } from "@/lib/client/queries/usage";
import { makeQueryClient } from "@/lib/client/query-client";
import { pageContext } from "@/lib/server/page";
import { listMyKeys } from "@/lib/services/keys/list-my-keys";
import {
  readUsageSeries,
  readUsageSummary,
  readUsageTable,
} from "@/lib/services/usage-pages/read-usage";
import { readerZone } from "@/lib/services/usage-pages/usage-scope";
import { PageHeader } from "@/lib/ui/layout/page-header";
import { UsageControls } from "./_parts/usage-controls";
import { type UsageParams, usageAsked } from "./_parts/usage-range";
import { UsageView } from "./_parts/usage-view";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("usage"))("title") };
}

interface UsagePageProps {
  searchParams: Promise<UsageParams>;
}

export default async function UsagePage({ searchParams }: UsagePageProps) {
  const ctx = await pageContext("member");
  const moment = { nowMs: ctx.clock.nowMs(), timeZone: readerZone(ctx) };
  const asked = usageAsked(await searchParams, moment);
  const { filters, by, step } = asked;
  const { from, to } = filters;
  const [t, keys, summary, series, table, outcomes, models] = await Promise.all([
    getTranslations("usage"),
    listMyKeys(ctx),
    readUsageSummary(ctx, filters),
    readUsageSeries(ctx, { ...filters, by, step }),
    readUsageTable(ctx, { ...filters, by }),
    readUsageTable(ctx, { ...filters, by: "outcome" }),
    readUsageTable(ctx, { from, to, by: "model" }),
  ]);
  const client = makeQueryClient();
  client.setQueryData(usageSummaryQuery(filters).queryKey, summary);
  client.setQueryData(usageSeriesQuery({ ...filters, by, step }).queryKey, series);
  client.setQueryData(usageTableQuery({ ...filters, by }).queryKey, table);
  client.setQueryData(usageTableQuery({ ...filters, by: "outcome" }).queryKey, outcomes);
  client.setQueryData(usageTableQuery({ from, to, by: "model" }).queryKey, models);

  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageHeader title={t("title")} purpose={t("purpose")} />
      <UsageControls moment={moment} keys={keys.map(({ id, name }) => ({ id, name }))} />
      <UsageView moment={moment} />
    </HydrationBoundary>
  );
}
