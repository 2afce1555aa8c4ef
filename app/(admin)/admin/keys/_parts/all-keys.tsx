"use client";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { KeyRound, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCallback, useMemo, useState } from "react";
import { allKeysQuery } from "@/lib/client/queries/keys";
import type { Key } from "@/lib/contracts/keys";
import { Button } from "@/lib/ui/primitives/button";
import type { DataColumn } from "@/lib/ui/primitives/data-columns";
import { DataTable } from "@/lib/ui/primitives/data-table";
import { EmptyState } from "@/lib/ui/primitives/empty-state";
import { ErrorState } from "@/lib/ui/primitives/error-state";
import { FilterSearch, Filters } from "@/lib/ui/primitives/filters";
import { useUrlState } from "@/lib/ui/primitives/use-url-state";
import { useFailureText } from "../../../../_parts/use-failure-text";
import { useKeyColumns } from "../../../../(portal)/keys/_parts/key-columns";
import { AdminKeySheet } from "./admin-key-sheet";
import { ALL_KEYS_PARAMS, allKeysFilters } from "./all-keys-filters";

/** Everybody's keys, newest first, with search in the address; a row opens beside the list. */
export function AllKeys() {
  const t = useTranslations("adminKeys");
  const failureText = useFailureText();
  const { values, set } = useUrlState([...ALL_KEYS_PARAMS, "open"]);
  const [editing, setEditing] = useState(false);
  const filters = allKeysFilters(values);
  const list = useInfiniteQuery({ ...allKeysQuery(filters), placeholderData: keepPreviousData });
  const keys = list.data?.pages.flatMap((page) => page.items);
  const rows = keys?.map(asAdmin);
  const edit = useCallback(
    (id: string) => {
      setEditing(true);
      set({ open: id });
    },
    [set],
  );
  const columns = useColumns(edit);
  const opened = keys?.find(({ id }) => id === values.open);
  if (list.error && !rows) {
    return <ErrorState message={failureText(list.error)} onRetry={() => void list.refetch()} />;
  }
  return (
    <>
      <DataTable
        label={t("title")}
        rows={rows}
        rowId={(key) => key.id}
        rowName={(key) => key.name}
        columns={columns}
        pickColumns
        openId={values.open}
        onOpen={(key) => set({ open: key.id })}
        more={{
          hasMore: list.hasNextPage,
          busy: list.isFetchingNextPage,
          onMore: () => void list.fetchNextPage(),
        }}
        tools={
          <Filters
            active={Boolean(values.q || values.owner)}
            onReset={() => set({ q: null, owner: null })}
          >
            <FilterSearch label={t("search")} value={values.q} onChange={(q) => set({ q })} />
            {values.owner ? (
              <Button size="sm" onClick={() => set({ owner: null })}>
                {rows?.[0]?.owner?.name ?? t("onlyOwner")}
                <X aria-hidden="true" />
              </Button>
            ) : null}
          </Filters>
        }
        empty={<NoKeys filtered={Object.keys(filters).length > 0} />}
      />
      {opened ? (
        <AdminKeySheet
          key={opened.id}
          apiKey={opened}
          editing={editing}
          onEdit={setEditing}
          onClose={() => {
            setEditing(false);
            set({ open: null });
          }}
        />
      ) : null}
    </>
  );
}

/** What an owner may not change an admin may. */
function asAdmin(key: Key): Key {
  return { ...key, ownerMayEdit: true };
}

function useColumns(edit: (id: string) => void): readonly DataColumn<Key>[] {
  const t = useTranslations("adminKeys");
  const columns = useKeyColumns(edit);
  return useMemo(() => {
    const owner: DataColumn<Key> = {
      id: "owner",
      header: t("owner"),
      wideOnly: true,
      className: "max-w-48 truncate",
      sortBy: (key) => key.owner?.name ?? null,
      cell: (key) => key.owner?.name ?? "–",
    };
    const shown = columns.filter(({ id }) => id !== "resets");
    return shown.flatMap((column) => (column.id === "state" ? [owner, column] : [column]));
  }, [columns, t]);
}

function NoKeys({ filtered }: { filtered: boolean }) {
  const t = useTranslations("adminKeys.empty");
  return (
    <EmptyState
      icon={KeyRound}
      title={t(filtered ? "noneTitle" : "title")}
      body={t(filtered ? "noneBody" : "body")}
    />
  );
}
