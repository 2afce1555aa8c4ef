import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { meQuery, mySessionsQuery } from "@/lib/client/queries/auth";
import { makeQueryClient } from "@/lib/client/query-client";
import { pageContext } from "@/lib/server/page";
import { listMySessions } from "@/lib/services/auth/list-my-sessions";
import { readMe } from "@/lib/services/auth/read-me";
import { PageHeader } from "@/lib/ui/layout/page-header";
import { PasswordForm } from "./_parts/password-form";
import { ProfileForm } from "./_parts/profile-form";
import { SessionList } from "./_parts/session-list";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings"))("title") };
}

export default async function SettingsPage() {
  const client = makeQueryClient();
  const ctx = await pageContext("member");
  const [t, me, sessions] = await Promise.all([
    getTranslations("settings"),
    readMe(ctx),
    listMySessions(ctx),
  ]);
  client.setQueryData(meQuery.queryKey, me);
  client.setQueryData(mySessionsQuery.queryKey, sessions);

  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageHeader title={t("title")} purpose={t("purpose")} />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <ProfileForm />
        <PasswordForm />
      </div>
      <SessionList />
    </HydrationBoundary>
  );
}
