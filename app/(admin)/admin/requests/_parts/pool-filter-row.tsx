"use client";
import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { accountsQuery } from "@/lib/client/queries/accounts";
import { useWhen } from "@/lib/ui/format/use-when";
import { Button } from "@/lib/ui/primitives/button";
import { FilterSearch, FilterSelect, Filters } from "@/lib/ui/primitives/filters";
import { useUrlState } from "@/lib/ui/primitives/use-url-state";
import { OUTCOMES } from "../../../../(portal)/requests/_parts/outcome-chip";
import { isRangeName } from "../../../../(portal)/requests/_parts/request-filters";
import { POOL_REQUEST_PARAMS } from "./pool-request-filters";

const RANGE_NAMES = ["hour", "day", "week", "month"] as const;
const NOTHING = Object.fromEntries(POOL_REQUEST_PARAMS.map((name) => [name, null]));

interface PoolFilterRowProps {
  /** Names of users and keys by id, as far as they are known. */
  names: ReadonlyMap<string, string>;
}

/** The filters of the log of all requests; their values are in the address. */
export function PoolFilterRow({ names }: PoolFilterRowProps) {
  const t = useTranslations("adminRequests");
  const words = useTranslations("requests");
  const { values, set } = useUrlState(POOL_REQUEST_PARAMS);
  const { data: accounts = [] } = useQuery(accountsQuery);
  return (
    <Filters
      active={POOL_REQUEST_PARAMS.some((name) => values[name] !== "")}
      onReset={() => set(NOTHING)}
    >
      <FilterSearch label={words("search")} value={values.q} onChange={(q) => set({ q })} />
      <FilterSelect
        label={words("rangeFilter")}
        anyLabel={words("anyRange")}
        choices={RANGE_NAMES.map((value) => ({ value, label: words(`ranges.${value}`) }))}
        value={isRangeName(values.range) ? values.range : ""}
        onChange={(range) => set({ range, from: null, to: null })}
      />
      <FilterSelect
        label={words("outcomeFilter")}
        anyLabel={words("anyOutcome")}
        choices={OUTCOMES.map((value) => ({ value, label: words(`outcomes.${value}`) }))}
        value={values.outcome}
        onChange={(outcome) => set({ outcome })}
      />
      <FilterSelect
        label={t("accountFilter")}
        anyLabel={t("anyAccount")}
        choices={accounts.map(({ id, name }) => ({ value: id, label: name }))}
        value={values.account}
        onChange={(account) => set({ account })}
      />
      <LinkedFilters names={names} />
    </Filters>
  );
}

/** Filters that only links set: a user, a key, a session, a span of time. */
function LinkedFilters({ names }: PoolFilterRowProps) {
  const t = useTranslations("adminRequests");
  const words = useTranslations("requests");
  const { values, set } = useUrlState(["user", "key", "session", "from", "to"]);
  const { user, key, session, from, to } = values;
  const span = useSpan(from, to);
  const nameOf = (id: string) => names.get(id) ?? id;
  return (
    <>
      {user ? (
        <Taken label={t("onlyUser", { name: nameOf(user) })} onDrop={() => set({ user: null })} />
      ) : null}
      {key ? (
        <Taken label={t("onlyKey", { name: nameOf(key) })} onDrop={() => set({ key: null })} />
      ) : null}
      {session ? (
        <Taken
          label={words("session", { id: session.slice(0, 12) })}
          onDrop={() => set({ session: null })}
        />
      ) : null}
      {span ? <Taken label={span} onDrop={() => set({ from: null, to: null })} /> : null}
    </>
  );
}

function useSpan(from: string, to: string): string | null {
  const words = useTranslations("requests");
  const { minute: moment } = useWhen();
  if (Number.isNaN(Date.parse(from)) || Number.isNaN(Date.parse(to))) return null;
  return words("between", { from: moment(from), to: moment(to) });
}

function Taken({ label, onDrop }: { label: string; onDrop: () => void }) {
  return (
    <Button size="sm" onClick={onDrop}>
      {label}
      <X aria-hidden="true" />
    </Button>
  );
}
