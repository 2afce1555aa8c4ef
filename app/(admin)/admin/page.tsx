import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { accountsQuery } from "@/lib/client/queries/accounts";
import { adminOverviewQuery } from "@/lib/client/queries/overview";
import { makeQueryClient } from "@/lib/client/query-client";
import { pageContext } from "@/lib/server/page";
import { listAccounts } from "@/lib/services/accounts/list-accounts";
import { readAdminOverview } from "@/lib/services/overview/read-admin-overview";
import { PageHeader } from "@/lib/ui/layout/page-header";
import { OverviewView } from "./_parts/overview-view";
import { AddAccount } from "./accounts/_parts/add-account";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminOverview"))("title") };
}

export default async function AdminOverviewPage() {
  const ctx = await pageContext("admin");
  const [t, overview, accounts] = await Promise.all([
    getTranslations("adminOverview"),
    readAdminOverview(ctx),
    listAccounts(ctx),
  ]);
  const client = makeQueryClient();
  client.setQueryData(adminOverviewQuery.queryKey, overview);
  client.setQueryData(accountsQuery.queryKey, accounts);

  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageHeader title={t("title")} purpose={t("purpose")} actions={<AddAccount />} />
      <OverviewView />
    </HydrationBoundary>
  );
}
