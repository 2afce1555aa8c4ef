import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { accountsQuery, providersQuery } from "@/lib/client/queries/accounts";
import { makeQueryClient } from "@/lib/client/query-client";
import { pageContext } from "@/lib/server/page";
import { listAccounts } from "@/lib/services/accounts/list-accounts";
import { listProviders } from "@/lib/services/accounts/list-providers";
import { PageHeader } from "@/lib/ui/layout/page-header";
import { AccountTable } from "./_parts/account-table";
import { AddAccount } from "./_parts/add-account";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminAccounts"))("title") };
}

export default async function AccountsPage() {
  const ctx = await pageContext("admin");
  const [t, accounts, providers] = await Promise.all([
    getTranslations("adminAccounts"),
    listAccounts(ctx),
    listProviders(ctx),
  ]);
  const client = makeQueryClient();
  client.setQueryData(accountsQuery.queryKey, accounts);
  client.setQueryData(providersQuery.queryKey, providers);

  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageHeader title={t("title")} purpose={t("purpose")} actions={<AddAccount />} />
      <AccountTable />
    </HydrationBoundary>
  );
}
