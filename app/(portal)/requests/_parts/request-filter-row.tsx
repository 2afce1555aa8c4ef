"use client";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { FACES } from "@/lib/shared/faces";
import { useWhen } from "@/lib/ui/format/use-when";
import { Button } from "@/lib/ui/primitives/button";
import { FilterSearch, FilterSelect, Filters } from "@/lib/ui/primitives/filters";
import { useUrlState } from "@/lib/ui/primitives/use-url-state";
import { OUTCOMES } from "./outcome-chip";
import { isRangeName, REQUEST_PARAMS } from "./request-filters";

const RANGE_NAMES = ["hour", "day", "week", "month"] as const;
const NOTHING = Object.fromEntries(REQUEST_PARAMS.map((name) => [name, null]));

/** The filters of the log; their values are in the address. */
export function RequestFilterRow({ keys }: { keys: readonly { id: string; name: string }[] }) {
  const t = useTranslations("requests");
  const faces = useTranslations("keys.form.faceNames");
  const { values, set } = useUrlState(REQUEST_PARAMS);
  return (
    <Filters
      active={REQUEST_PARAMS.some((name) => values[name] !== "")}
      onReset={() => set(NOTHING)}
    >
      <FilterSearch label={t("search")} value={values.q} onChange={(q) => set({ q })} />
      <FilterSelect
        label={t("rangeFilter")}
        anyLabel={t("anyRange")}
        choices={RANGE_NAMES.map((value) => ({ value, label: t(`ranges.${value}`) }))}
        value={isRangeName(values.range) ? values.range : ""}
        onChange={(range) => set({ range, from: null, to: null })}
      />
      <FilterSelect
        label={t("outcomeFilter")}
        anyLabel={t("anyOutcome")}
        choices={OUTCOMES.map((value) => ({ value, label: t(`outcomes.${value}`) }))}
        value={values.outcome}
        onChange={(outcome) => set({ outcome })}
      />
      <FilterSelect
        label={t("keyFilter")}
        anyLabel={t("anyKey")}
        choices={keys.map(({ id, name }) => ({ value: id, label: name }))}
        value={values.key}
        onChange={(key) => set({ key })}
      />
      <FilterSelect
        label={t("faceFilter")}
        anyLabel={t("anyFace")}
        choices={FACES.map((value) => ({ value, label: faces(value) }))}
        value={values.face}
        onChange={(face) => set({ face })}
      />
      <LinkedFilters />
    </Filters>
  );
}

/** Filters that only links set: a span of time out of a chart, a session out of a request. */
function LinkedFilters() {
  const t = useTranslations("requests");
  const when = useWhen();
  const { values, set } = useUrlState(["from", "to", "session"]);
  const { from, to, session } = values;
  const moment = (text: string) => (Number.isNaN(Date.parse(text)) ? text : when.minute(text));
  return (
    <>
      {from && to ? (
        <Taken
          label={t("between", { from: moment(from), to: moment(to) })}
          onDrop={() => set({ from: null, to: null })}
        />
      ) : null}
      {session ? (
        <Taken
          label={t("session", { id: session.slice(0, 12) })}
          onDrop={() => set({ session: null })}
        />
      ) : null}
    </>
  );
}

function Taken({ label, onDrop }: { label: string; onDrop: () => void }) {
  return (
    <Button size="sm" onClick={onDrop}>
      {label}
      <X aria-hidden="true" />
    </Button>
  );
}
