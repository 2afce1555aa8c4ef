"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import { myKeysQuery } from "@/lib/client/queries/keys";
import type { Key } from "@/lib/contracts/keys";
import { DataTable } from "@/lib/ui/primitives/data-table";
import { EmptyState } from "@/lib/ui/primitives/empty-state";
import { FilterSearch, FilterSelect, Filters } from "@/lib/ui/primitives/filters";
import { useUrlState } from "@/lib/ui/primitives/use-url-state";
import { CreateKey } from "./create-key";
import { useKeyColumns } from "./key-columns";
import { KeySheet } from "./key-sheet";

const STATES = ["live", "paused", "expired", "revoked"] as const;

/** The reader's keys, with search, state filter, and one key opened beside them. */
export function KeyTable() {
  const t = useTranslations("keys");
  const { data: keys } = useSuspenseQuery(myKeysQuery);
  const { values, set } = useUrlState(["q", "state", "open"]);
  const [editing, setEditing] = useState(false);
  const edit = useCallback(
    (id: string) => {
      setEditing(true);
      set({ open: id });
    },
    [set],
  );
  const columns = useKeyColumns(edit);
  const opened = keys.find(({ id }) => id === values.open);
  const rows = keys.filter((key) => fits(key, values.q, values.state));
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
        tools={
          <Filters
            active={Boolean(values.q || values.state)}
            onReset={() => set({ q: null, state: null })}
          >
            <FilterSearch label={t("search")} value={values.q} onChange={(q) => set({ q })} />
            <FilterSelect
              label={t("stateFilter")}
              anyLabel={t("anyState")}
              choices={STATES.map((value) => ({ value, label: t(`states.${value}`) }))}
              value={values.state}
              onChange={(state) => set({ state })}
            />
          </Filters>
        }
        empty={<NoKeys any={keys.length > 0} />}
      />
      {opened ? (
        <KeySheet
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

function NoKeys({ any }: { any: boolean }) {
  const t = useTranslations("keys.empty");
  if (any) return <EmptyState icon={KeyRound} title={t("noneTitle")} body={t("noneBody")} />;
  return (
    <EmptyState
      icon={KeyRound}
      title={t("title")}
      body={t("body")}
      action={<CreateKey look="secondary" />}
    />
  );
}

/** Revoked keys are history: they show only when they are asked for. */
function fits(key: Key, search: string, state: string): boolean {
  if (state ? key.state !== state : key.state === "revoked") return false;
  const wanted = search.trim().toLowerCase();
  return [key.name, key.start, ...key.tags].some((text) => text.toLowerCase().includes(wanted));
}
