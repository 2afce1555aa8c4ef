import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { channelsQuery } from "@/lib/client/queries/notifications";
import { makeQueryClient } from "@/lib/client/query-client";
import { pageContext } from "@/lib/server/page";
import { listChannels } from "@/lib/services/notifications/show-channels";
import { PageHeader } from "@/lib/ui/layout/page-header";
import { AddChannel } from "./_parts/add-channel";
import { ChannelCards } from "./_parts/channel-cards";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminNotifications"))("title") };
}

export default async function NotificationsPage() {
  const ctx = await pageContext("admin");
  const [t, channels] = await Promise.all([
    getTranslations("adminNotifications"),
    listChannels(ctx),
  ]);
  const client = makeQueryClient();
  client.setQueryData(channelsQuery.queryKey, channels);

  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageHeader title={t("title")} purpose={t("purpose")} actions={<AddChannel />} />
      <ChannelCards />
    </HydrationBoundary>
  );
}
