import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { importsQuery } from "@/lib/client/queries/imports";
import { makeQueryClient } from "@/lib/client/query-client";
import { pageContext } from "@/lib/server/page";
import { listImports } from "@/lib/services/imports/show-import";
import { PageHeader } from "@/lib/ui/layout/page-header";
import { ExportCard } from "./_parts/export-card";
import { ImportCard } from "./_parts/import-card";
import { PastImports } from "./_parts/past-imports";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminImport"))("title") };
}

export default async function ImportPage() {
  const ctx = await pageContext("admin");
  const [t, imports] = await Promise.all([getTranslations("adminImport"), listImports(ctx)]);
  const client = makeQueryClient();
  client.setQueryData(importsQuery.queryKey, imports);

  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageHeader title={t("title")} purpose={t("purpose")} />
      <ImportCard />
      <PastImports />
      <ExportCard />
    </HydrationBoundary>
  );
}
