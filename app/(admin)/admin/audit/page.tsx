import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { firstPage } from "@/lib/client/queries/paging";
import { auditQuery } from "@/lib/client/queries/settings";
import { makeQueryClient } from "@/lib/client/query-client";
import { pageContext } from "@/lib/server/page";
import { listAudit } from "@/lib/services/audit/list-audit";
import { PageHeader } from "@/lib/ui/layout/page-header";
import { type AuditParams, auditFilters } from "./_parts/audit-filters";
import { AuditLog } from "./_parts/audit-log";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminAudit"))("title") };
}

interface AuditPageProps {
  searchParams: Promise<AuditParams>;
}

export default async function AuditPage({ searchParams }: AuditPageProps) {
  const ctx = await pageContext("admin");
  const filters = auditFilters(await searchParams);
  const [t, page] = await Promise.all([getTranslations("adminAudit"), listAudit(ctx, filters)]);
  const client = makeQueryClient();
  client.setQueryData(auditQuery(filters).queryKey, firstPage(page));

  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageHeader title={t("title")} purpose={t("purpose")} />
      <AuditLog />
    </HydrationBoundary>
  );
}
