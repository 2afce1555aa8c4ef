"use client";

import { Search, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "./button";
import { Input } from "./input";
import { type Choice, Select } from "./select";

interface FiltersProps {
  /** True when any filter is set; shows the reset button. */
  active: boolean;
  onReset: () => void;
  children: ReactNode;
}

/** One row of filters above what they filter. Keep their values with `useUrlState`. */
export function Filters({ active, onReset, children }: FiltersProps) {
  const t = useTranslations("ui.filters");
  return (
    <search
      aria-label={t("label")}
      // On phones the filters share their lines with what stands beside them.
      className="contents min-w-0 flex-wrap items-center gap-2 sm:flex"
    >
      {children}
      {active ? (
        <Button look="ghost" size="sm" onClick={onReset}>
          <X aria-hidden="true" />
          {t("reset")}
        </Button>
      ) : null}
    </search>
  );
}

interface FilterSearchProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** Long enough to finish a word, short enough to feel at once. */
const SETTLE_MS = 250;

/** A search box that tells its value when the typing pauses. */
export function FilterSearch({ label, value, onChange }: FilterSearchProps) {
  const [text, setText] = useState(value);
  const told = useRef(value);
  const tell = useRef(onChange);
  tell.current = onChange;

  useEffect(() => {
    // The address was changed elsewhere: by the reset button or by "back".
    if (value === told.current) return;
    told.current = value;
    setText(value);
  }, [value]);

  useEffect(() => {
    if (text === told.current) return;
    const timer = setTimeout(() => {
      told.current = text;
      tell.current(text);
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text]);

  return (
    <div className="relative grow basis-52 sm:w-60 sm:grow-0 sm:basis-auto">
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 start-2.5 my-auto size-4 text-ink-muted"
      />
      <Input
        type="search"
        size="sm"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="text-ellipsis ps-8"
      />
    </div>
  );
}

interface FilterSelectProps {
  label: string;
  /** Words of the choice that filters nothing. */
  anyLabel: string;
  choices: readonly Choice[];
  /** "" means any. */
  value: string;
  onChange: (value: string) => void;
}

/** Radix keeps "" for "nothing chosen", so "any" travels under another value inside. */
const ANY = "__any";

/** One value or any. */
export function FilterSelect({ label, anyLabel, choices, value, onChange }: FilterSelectProps) {
  return (
    <Select
      size="sm"
      aria-label={label}
      className="w-auto min-w-32 max-w-56"
      choices={[{ value: ANY, label: anyLabel }, ...choices]}
      value={value || ANY}
      onValueChange={(next) => onChange(next === ANY ? "" : next)}
    />
  );
}
