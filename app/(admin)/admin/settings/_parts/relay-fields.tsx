"use client";
import { useTranslations } from "next-intl";
import { Controller } from "react-hook-form";
import { Field } from "@/lib/ui/primitives/field";
import { Input } from "@/lib/ui/primitives/input";
import { RadioGroup } from "@/lib/ui/primitives/radio-group";
import type { SettingsPartProps } from "./general-fields";
import { RELAY_NAMES } from "./settings-values";

const STRATEGIES = ["priority-lru", "weighted", "score"] as const;

/** How accounts are chosen, and the limits of one relayed request. */
export function RelayFields({ form, problemOf }: SettingsPartProps) {
  const t = useTranslations("adminSettings");
  return (
    <div className="flex flex-col gap-6">
      <fieldset>
        <legend className="mb-3 font-medium">{t("strategy")}</legend>
        <Controller
          control={form.control}
          name="strategy"
          render={({ field }) => (
            <RadioGroup
              aria-label={t("strategy")}
              value={field.value}
              onValueChange={field.onChange}
              choices={STRATEGIES.map((value) => ({
                value,
                label: t(`strategies.${value}.label`),
                help: t(`strategies.${value}.help`),
              }))}
            />
          )}
        />
      </fieldset>
      <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2 lg:grid-cols-3">
        {RELAY_NAMES.map((name) => (
          <Field
            key={name}
            id={`settings-${name}`}
            label={t(`fields.${name}.label`)}
            help={t(`fields.${name}.help`)}
            error={problemOf(name)}
          >
            {(control) => (
              <Input {...control} {...form.register(name)} inputMode="decimal" autoComplete="off" />
            )}
          </Field>
        ))}
      </div>
    </div>
  );
}
