import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { myKeysQuery } from "@/lib/client/queries/keys";
import { makeQueryClient } from "@/lib/client/query-client";
import { pageContext } from "@/lib/server/page";
import { listMyKeys } from "@/lib/services/keys/list-my-keys";
import { PageHeader } from "@/lib/ui/layout/page-header";
import { ConnectGuide } from "./_parts/connect-guide";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("connect"))("title") };
}

export default async function ConnectPage() {
  const client = makeQueryClient();
  const ctx = await pageContext("member");
  client.setQueryData(myKeysQuery.queryKey, await listMyKeys(ctx));
  const t = await getTranslations("connect");
  const since = new Date(ctx.clock.nowMs()).toISOString();

  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageHeader title={t("title")} purpose={t("purpose")} />
      <ConnectGuide address={ctx.publicUrl} since={since} />
    </HydrationBoundary>
  );
}
