import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { accountsQuery } from "@/lib/client/queries/accounts";
import { groupsQuery } from "@/lib/client/queries/groups";
import { makeQueryClient } from "@/lib/client/query-client";
import { pageContext } from "@/lib/server/page";
import { listAccounts } from "@/lib/services/accounts/list-accounts";
import { listGroups } from "@/lib/services/groups/list-groups";
import { PageHeader } from "@/lib/ui/layout/page-header";
import { GroupTable } from "./_parts/group-table";
import { NewGroup } from "./_parts/new-group";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminGroups"))("title") };
}

export default async function GroupsPage() {
  const ctx = await pageContext("admin");
  const [t, groups, accounts] = await Promise.all([
    getTranslations("adminGroups"),
    listGroups(ctx),
    listAccounts(ctx),
  ]);
  const client = makeQueryClient();
  client.setQueryData(groupsQuery.queryKey, groups);
  client.setQueryData(accountsQuery.queryKey, accounts);

  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageHeader title={t("title")} purpose={t("purpose")} actions={<NewGroup />} />
      <GroupTable />
    </HydrationBoundary>
  );
}
