import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requestStoryQuery } from "@/lib/client/queries/requests";
import { makeQueryClient } from "@/lib/client/query-client";
import { pageContext } from "@/lib/server/page";
import { readMyRequest } from "@/lib/services/requests/read-request";
import { AppError } from "@/lib/shared/errors";
import { StoryPage } from "./_parts/story-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("requests"))("story.title") };
}

interface RequestPageProps {
  params: Promise<{ id: string }>;
}

export default async function RequestPage({ params }: RequestPageProps) {
  const [{ id }, ctx] = await Promise.all([params, pageContext("member")]);
  const story = await readMyRequest(ctx, { id }).catch((thrown: unknown) => {
    if (thrown instanceof AppError && thrown.code === "not_found") notFound();
    throw thrown;
  });
  const client = makeQueryClient();
  client.setQueryData(requestStoryQuery(id).queryKey, story);

  return (
    <HydrationBoundary state={dehydrate(client)}>
      <StoryPage id={id} />
    </HydrationBoundary>
  );
}
