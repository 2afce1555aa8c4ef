"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { CalendarRange } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { usageTableQuery } from "@/lib/client/queries/usage";
import { Button } from "@/lib/ui/primitives/button";
import { Field } from "@/lib/ui/primitives/field";
import { FilterSelect, Filters } from "@/lib/ui/primitives/filters";
import { Input } from "@/lib/ui/primitives/input";
import { Popover } from "@/lib/ui/primitives/popover";
import { Segmented } from "@/lib/ui/primitives/segmented";
import { useUrlState } from "@/lib/ui/primitives/use-url-state";
import { USAGE_PARAMS, type UsageAsked, type UsageMoment, usageAsked } from "./usage-range";
import { isSpan } from "./usage-span";

interface UsageControlsProps {
  moment: UsageMoment;
  keys: readonly { id: string; name: string }[];
}

const RANGES = ["day", "week", "month", "quarter"] as const;
const GROUPS = ["model", "key", "face"] as const;

/** Range, grouping and filters of the page, kept in its address. */
export function UsageControls({ moment, keys }: UsageControlsProps) {
  const t = useTranslations("usage");
  const { values, set } = useUrlState(USAGE_PARAMS);
  const asked = usageAsked(values, moment);
  const { from, to } = asked.filters;
  const { data: models } = useQuery({
    ...usageTableQuery({ from, to, by: "model" }),
    placeholderData: keepPreviousData,
  });
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Segmented
        label={t("range")}
        value={asked.range}
        onValueChange={(range) => set({ range, from: null, to: null })}
        choices={RANGES.map((value) => ({ value, label: t(`ranges.${value}`) }))}
      />
      <ExactRange asked={asked} onApply={(span) => set({ ...span, range: null })} />
      <Segmented
        label={t("by")}
        value={asked.by}
        onValueChange={(by) => set({ by })}
        choices={GROUPS.map((value) => ({ value, label: t(`groups.${value}`) }))}
      />
      <Filters
        active={Boolean(values.key || values.model)}
        onReset={() => set({ key: null, model: null })}
      >
        <FilterSelect
          label={t("keyFilter")}
          anyLabel={t("anyKey")}
          choices={keys.map(({ id, name }) => ({ value: id, label: name }))}
          value={values.key}
          onChange={(key) => set({ key })}
        />
        <FilterSelect
          label={t("modelFilter")}
          anyLabel={t("anyModel")}
          choices={(models?.rows ?? []).map(({ id }) => ({ value: id, label: id }))}
          value={values.model}
          onChange={(model) => set({ model })}
        />
      </Filters>
    </div>
  );
}

interface ExactRangeProps {
  asked: UsageAsked;
  onApply: (span: { from: string; to: string }) => void;
}

/** Any range to the minute, in the reader's zone. */
function ExactRange({ asked, onApply }: ExactRangeProps) {
  const t = useTranslations("usage");
  const [open, setOpen] = useState(false);
  return (
    <Popover
      label={t("exact")}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" aria-pressed={asked.range === "exact"}>
          <CalendarRange aria-hidden="true" />
          {t("exact")}
        </Button>
      }
    >
      <ExactForm
        asked={asked}
        onApply={(span) => {
          setOpen(false);
          onApply(span);
        }}
      />
    </Popover>
  );
}

function ExactForm({ asked, onApply }: ExactRangeProps) {
  const t = useTranslations("usage");
  const [from, setFrom] = useState(() => localText(asked.filters.from));
  const [to, setTo] = useState(() => localText(asked.filters.to));
  const [wrong, setWrong] = useState(false);
  const submit = () => {
    const right = isSpan(Date.parse(from), Date.parse(to));
    setWrong(!right);
    if (right) onApply({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
  };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field label={t("from")}>
        {(control) => (
          <Input
            {...control}
            type="datetime-local"
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("to")} error={wrong ? t("exactWrong") : undefined}>
        {(control) => (
          <Input
            {...control}
            type="datetime-local"
            value={to}
            onChange={(event) => setTo(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" look="primary">
        {t("apply")}
      </Button>
    </form>
  );
}

/** A moment as a `datetime-local` box takes it, in the browser's zone. Swedish dates are ISO dates. */
function localText(moment: string): string {
  return new Date(moment).toLocaleString("sv-SE").slice(0, 16).replace(" ", "T");
}
