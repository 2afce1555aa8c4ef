import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { firstPage } from "@/lib/client/queries/paging";
import { invitationsQuery, usersQuery } from "@/lib/client/queries/users";
import { makeQueryClient } from "@/lib/client/query-client";
import { pageContext } from "@/lib/server/page";
import { listInvitations } from "@/lib/services/users/list-invitations";
import { listUsers } from "@/lib/services/users/list-users";
import { PageHeader } from "@/lib/ui/layout/page-header";
import { CreateUser } from "./_parts/create-user";
import { InvitePeople } from "./_parts/invite-people";
import { OpenInvitations } from "./_parts/open-invitations";
import { type UserParams, userFilters } from "./_parts/user-filters";
import { UserTable } from "./_parts/user-table";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminUsers"))("title") };
}

interface UsersPageProps {
  searchParams: Promise<UserParams>;
}

export default async function UsersPage({ searchParams }: UsersPageProps) {
  const ctx = await pageContext("admin");
  const filters = userFilters(await searchParams);
  const [t, page, invitations] = await Promise.all([
    getTranslations("adminUsers"),
    listUsers(ctx, filters),
    listInvitations(ctx),
  ]);
  const client = makeQueryClient();
  client.setQueryData(usersQuery(filters).queryKey, firstPage(page));
  client.setQueryData(invitationsQuery.queryKey, invitations);

  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageHeader
        title={t("title")}
        purpose={t("purpose")}
        actions={
          <>
            <CreateUser />
            <InvitePeople />
          </>
        }
      />
      <UserTable />
      <OpenInvitations />
    </HydrationBoundary>
  );
}
