import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { allowedHostsQuery, settingsQuery } from "@/lib/client/queries/settings";
import { makeQueryClient } from "@/lib/client/query-client";
import { pageContext } from "@/lib/server/page";
import { listAllowedHosts } from "@/lib/services/settings/list-allowed-hosts";
import { readSettings } from "@/lib/services/settings/read-settings";
import { PageHeader } from "@/lib/ui/layout/page-header";
import { AllowedHosts } from "./_parts/allowed-hosts";
import { SettingsForm } from "./_parts/settings-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminSettings"))("title") };
}

export default async function SettingsPage() {
  const ctx = await pageContext("admin");
  const [t, settings, hosts] = await Promise.all([
    getTranslations("adminSettings"),
    readSettings(ctx),
    listAllowedHosts(ctx),
  ]);
  const client = makeQueryClient();
  client.setQueryData(settingsQuery.queryKey, settings);
  client.setQueryData(allowedHostsQuery.queryKey, hosts);

  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageHeader title={t("title")} purpose={t("purpose")} />
      <SettingsForm />
      <AllowedHosts />
    </HydrationBoundary>
  );
}
