import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { myKeysQuery } from "@/lib/client/queries/keys";
import { makeQueryClient } from "@/lib/client/query-client";
import { pageContext } from "@/lib/server/page";
import { listMyKeys } from "@/lib/services/keys/list-my-keys";
import { PageHeader } from "@/lib/ui/layout/page-header";
import { CreateKey } from "./_parts/create-key";
import { KeyTable } from "./_parts/key-table";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("keys"))("title") };
}

export default async function KeysPage() {
  const client = makeQueryClient();
  client.setQueryData(myKeysQuery.queryKey, await listMyKeys(await pageContext("member")));
  const t = await getTranslations("keys");

  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageHeader title={t("title")} purpose={t("purpose")} actions={<CreateKey />} />
      <KeyTable />
    </HydrationBoundary>
  );
}
