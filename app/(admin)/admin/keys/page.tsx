import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { allKeysQuery } from "@/lib/client/queries/keys";
import { firstPage } from "@/lib/client/queries/paging";
import { makeQueryClient } from "@/lib/client/query-client";
import { pageContext } from "@/lib/server/page";
import { listAllKeys } from "@/lib/services/keys/list-all-keys";
import { PageHeader } from "@/lib/ui/layout/page-header";
import { AllKeys } from "./_parts/all-keys";
import { type AllKeysParams, allKeysFilters } from "./_parts/all-keys-filters";
import { CreateKeyFor } from "./_parts/create-key-for";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminKeys"))("title") };
}

interface AllKeysPageProps {
  searchParams: Promise<AllKeysParams>;
}

export default async function AllKeysPage({ searchParams }: AllKeysPageProps) {
  const ctx = await pageContext("admin");
  const filters = allKeysFilters(await searchParams);
  const [t, page] = await Promise.all([getTranslations("adminKeys"), listAllKeys(ctx, filters)]);
  const client = makeQueryClient();
  client.setQueryData(allKeysQuery(filters).queryKey, firstPage(page));

  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageHeader title={t("title")} purpose={t("purpose")} actions={<CreateKeyFor />} />
      <AllKeys />
    </HydrationBoundary>
  );
}
