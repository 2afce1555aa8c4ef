"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Layers } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { groupsQuery } from "@/lib/client/queries/groups";
import type { Group } from "@/lib/contracts/groups";
import { Badge } from "@/lib/ui/primitives/badge";
import type { DataColumn } from "@/lib/ui/primitives/data-columns";
import { DataTable } from "@/lib/ui/primitives/data-table";
import { EmptyState } from "@/lib/ui/primitives/empty-state";
import { GroupSheet } from "./group-sheet";
import { NewGroup } from "./new-group";

/** More names than this in one field say less, not more. */
const SHOWN = 4;

/** All groups; a row opens its sheet. */
export function GroupTable() {
  const t = useTranslations("adminGroups");
  const { data: groups } = useSuspenseQuery(groupsQuery);
  const [openId, setOpenId] = useState<string | null>(null);
  const columns = useGroupColumns();
  const open = groups.find(({ id }) => id === openId);
  return (
    <>
      <DataTable
        label={t("title")}
        rows={groups}
        rowId={({ id }) => id}
        rowName={({ name }) => name}
        columns={columns}
        onOpen={({ id }) => setOpenId(id)}
        openId={openId}
        empty={
          <EmptyState
            icon={Layers}
            title={t("empty.title")}
            body={t("empty.body")}
            action={<NewGroup look="secondary" />}
          />
        }
      />
      {open ? <GroupSheet group={open} onClose={() => setOpenId(null)} /> : null}
    </>
  );
}

function useGroupColumns(): readonly DataColumn<Group>[] {
  const t = useTranslations("adminGroups");
  return useMemo<DataColumn<Group>[]>(
    () => [
      {
        id: "name",
        header: t("columns.name"),
        fixed: true,
        sortBy: ({ name }) => name,
        cell: ({ name, note }) => (
          <div className="flex min-w-32 flex-col py-1">
            <span className="font-medium">{name}</span>
            {note ? <span className="max-w-72 truncate text-ink-muted text-xs">{note}</span> : null}
          </div>
        ),
      },
      {
        id: "members",
        header: t("columns.members"),
        sortBy: ({ members }) => members.length,
        cell: ({ members }) => <Members members={members} />,
      },
      {
        id: "keys",
        header: t("columns.keys"),
        align: "end",
        sortBy: ({ keys }) => keys,
        cell: ({ keys }) => keys,
      },
    ],
    [t],
  );
}

function Members({ members }: Pick<Group, "members">) {
  const t = useTranslations("adminGroups");
  if (members.length === 0) return <span className="text-ink-muted">{t("noMembers")}</span>;
  const more = members.length - SHOWN;
  return (
    <span className="flex flex-wrap gap-1 py-1">
      {members.slice(0, SHOWN).map(({ accountId, name, state }) => (
        <Badge key={accountId} tone={state === "active" ? "idle" : "warn"}>
          {name}
        </Badge>
      ))}
      {more > 0 ? <Badge>{t("more", { count: more })}</Badge> : null}
    </span>
  );
}
