"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import { ServerCog } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { accountsQuery, providersQuery } from "@/lib/client/queries/accounts";
import type { Account } from "@/lib/contracts/accounts";
import { DataTable } from "@/lib/ui/primitives/data-table";
import { EmptyState } from "@/lib/ui/primitives/empty-state";
import { FilterSearch, FilterSelect, Filters } from "@/lib/ui/primitives/filters";
import { useUrlState } from "@/lib/ui/primitives/use-url-state";
import { useAccountColumns } from "./account-columns";
import { STATES } from "./account-state";
import { AddAccount } from "./add-account";
import { BulkDeeds } from "./bulk-deeds";
import { EditAccount } from "./edit-account";

/** All accounts of the pool, with search and filters in the address; a row opens its page. */
export function AccountTable() {
  const t = useTranslations("adminAccounts");
  const router = useRouter();
  const { data: accounts } = useSuspenseQuery(accountsQuery);
  const { data: providers } = useSuspenseQuery(providersQuery);
  const { values, set } = useUrlState(["q", "provider", "state"]);
  const [editing, setEditing] = useState<Account | null>(null);
  const columns = useAccountColumns(setEditing);
  const filtered = Boolean(values.q || values.provider || values.state);
  return (
    <>
      <DataTable
        label={t("title")}
        rows={accounts.filter((account) => fits(account, values))}
        rowId={(account) => account.id}
        rowName={(account) => account.name}
        columns={columns}
        pickColumns
        bulk={(selected, clear) => <BulkDeeds accounts={selected} onDone={clear} />}
        onOpen={(account) => router.push(`/admin/accounts/${account.id}`)}
        tools={
          <Filters active={filtered} onReset={() => set({ q: null, provider: null, state: null })}>
            <FilterSearch label={t("search")} value={values.q} onChange={(q) => set({ q })} />
            <FilterSelect
              label={t("providerFilter")}
              anyLabel={t("anyProvider")}
              choices={providers.map(({ id, label }) => ({ value: id, label }))}
              value={values.provider}
              onChange={(provider) => set({ provider })}
            />
            <FilterSelect
              label={t("stateFilter")}
              anyLabel={t("anyState")}
              choices={STATES.map((value) => ({ value, label: t(`states.${value}`) }))}
              value={values.state}
              onChange={(state) => set({ state })}
            />
          </Filters>
        }
        empty={<NoAccounts any={accounts.length > 0} />}
      />
      {editing ? <EditAccount account={editing} onClose={() => setEditing(null)} /> : null}
    </>
  );
}

function NoAccounts({ any }: { any: boolean }) {
  const t = useTranslations("adminAccounts.empty");
  if (any) return <EmptyState icon={ServerCog} title={t("noneTitle")} body={t("noneBody")} />;
  return (
    <EmptyState
      icon={ServerCog}
      title={t("title")}
      body={t("body")}
      action={<AddAccount look="secondary" />}
    />
  );
}

type Wanted = Record<"q" | "provider" | "state", string>;

function fits(account: Account, { q, provider, state }: Wanted): boolean {
  if (provider && account.provider !== provider) return false;
  if (state && account.state.kind !== state) return false;
  const wanted = q.trim().toLowerCase();
  const texts = [account.name, account.note, ...Object.values(account.settings).map(String)];
  return texts.some((text) => text.toLowerCase().includes(wanted));
}
