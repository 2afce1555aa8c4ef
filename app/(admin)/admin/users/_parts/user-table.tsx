"use client";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { usersQuery } from "@/lib/client/queries/users";
import type { User } from "@/lib/contracts/users";
import { DataTable } from "@/lib/ui/primitives/data-table";
import { EmptyState } from "@/lib/ui/primitives/empty-state";
import { ErrorState } from "@/lib/ui/primitives/error-state";
import { FilterSearch, FilterSelect, Filters } from "@/lib/ui/primitives/filters";
import { useUrlState } from "@/lib/ui/primitives/use-url-state";
import { useFailureText } from "../../../../_parts/use-failure-text";
import { EditUser } from "./edit-user";
import { InvitePeople } from "./invite-people";
import { useUserColumns } from "./user-columns";
import { USER_PARAMS, userFilters } from "./user-filters";

/** Everybody, newest first, with search and filters in the address; a row opens its form. */
export function UserTable() {
  const t = useTranslations("adminUsers");
  const failureText = useFailureText();
  const { values, set } = useUrlState([...USER_PARAMS, "open"]);
  const filters = userFilters(values);
  const list = useInfiniteQuery({ ...usersQuery(filters), placeholderData: keepPreviousData });
  const rows = list.data?.pages.flatMap((page) => page.items);
  const open = useCallback((user: User) => set({ open: user.id }), [set]);
  const columns = useUserColumns(open);
  const opened = rows?.find(({ id }) => id === values.open);
  if (list.error && !rows) {
    return <ErrorState message={failureText(list.error)} onRetry={() => void list.refetch()} />;
  }
  return (
    <>
      <DataTable
        label={t("title")}
        rows={rows}
        rowId={(user) => user.id}
        rowName={(user) => user.name}
        columns={columns}
        pickColumns
        openId={values.open}
        onOpen={open}
        more={{
          hasMore: list.hasNextPage,
          busy: list.isFetchingNextPage,
          onMore: () => void list.fetchNextPage(),
        }}
        tools={<UserFilterRow />}
        empty={<NoUsers filtered={Object.keys(filters).length > 0} />}
      />
      {opened ? (
        <EditUser key={opened.id} user={opened} onClose={() => set({ open: null })} />
      ) : null}
    </>
  );
}

const ROLES = ["member", "admin"] as const;
const STATUSES = ["pending", "active", "disabled"] as const;

function UserFilterRow() {
  const t = useTranslations("adminUsers");
  const { values, set } = useUrlState(USER_PARAMS);
  return (
    <Filters
      active={Boolean(values.q || values.role || values.status)}
      onReset={() => set({ q: null, role: null, status: null })}
    >
      <FilterSearch label={t("search")} value={values.q} onChange={(q) => set({ q })} />
      <FilterSelect
        label={t("roleFilter")}
        anyLabel={t("anyRole")}
        choices={ROLES.map((value) => ({ value, label: t(`roles.${value}`) }))}
        value={values.role}
        onChange={(role) => set({ role })}
      />
      <FilterSelect
        label={t("statusFilter")}
        anyLabel={t("anyStatus")}
        choices={STATUSES.map((value) => ({ value, label: t(`statuses.${value}`) }))}
        value={values.status}
        onChange={(status) => set({ status })}
      />
    </Filters>
  );
}

function NoUsers({ filtered }: { filtered: boolean }) {
  const t = useTranslations("adminUsers.empty");
  if (filtered) return <EmptyState icon={Users} title={t("noneTitle")} body={t("noneBody")} />;
  return (
    <EmptyState
      icon={Users}
      title={t("title")}
      body={t("body")}
      action={<InvitePeople look="secondary" />}
    />
  );
}
