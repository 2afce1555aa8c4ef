import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { overviewQuery } from "@/lib/client/queries/overview";
import { makeQueryClient } from "@/lib/client/query-client";
import { pageContext } from "@/lib/server/page";
import { readOverview } from "@/lib/services/overview/read-overview";
import { PageHeader } from "@/lib/ui/layout/page-header";
import { Button } from "@/lib/ui/primitives/button";
import { OverviewView } from "./_parts/overview-view";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("overview"))("title") };
}

export default async function OverviewPage() {
  const client = makeQueryClient();
  client.setQueryData(overviewQuery.queryKey, await readOverview(await pageContext("member")));
  const t = await getTranslations("overview");

  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageHeader
        title={t("title")}
        purpose={t("purpose")}
        actions={
          <Button asChild look="primary">
            <Link href="/connect">{t("connect")}</Link>
          </Button>
        }
      />
      <OverviewView />
    </HydrationBoundary>
  );
}
