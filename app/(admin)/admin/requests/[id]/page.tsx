import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { poolRequestStoryQuery } from "@/lib/client/queries/requests";
import { makeQueryClient } from "@/lib/client/query-client";
import { pageContext } from "@/lib/server/page";
import { readAnyRequest } from "@/lib/services/requests/read-request";
import { AppError } from "@/lib/shared/errors";
import { PoolStoryPage } from "./_parts/pool-story-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("requests"))("story.title") };
}

interface RequestPageProps {
  params: Promise<{ id: string }>;
}

export default async function PoolRequestPage({ params }: RequestPageProps) {
  const [{ id }, ctx] = await Promise.all([params, pageContext("admin")]);
  const story = await readAnyRequest(ctx, { id }).catch((thrown: unknown) => {
    if (thrown instanceof AppError && thrown.code === "not_found") notFound();
    throw thrown;
  });
  const client = makeQueryClient();
  client.setQueryData(poolRequestStoryQuery(id).queryKey, story);

  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PoolStoryPage id={id} />
    </HydrationBoundary>
  );
}
