"use client";
import { useTranslations } from "next-intl";
import { Controller, type UseFormReturn } from "react-hook-form";
import type { PortalSettings } from "@/lib/contracts/settings";
import { useWhen } from "@/lib/ui/format/use-when";
import { CopyButton } from "@/lib/ui/primitives/copy-button";
import { Field } from "@/lib/ui/primitives/field";
import { Input } from "@/lib/ui/primitives/input";
import { RadioGroup } from "@/lib/ui/primitives/radio-group";
import { useNowMs } from "@/lib/ui/primitives/use-now";
import type { SettingsValues } from "./settings-values";

export interface SettingsPartProps {
  form: UseFormReturn<SettingsValues>;
  problemOf: (field: keyof SettingsValues) => string | undefined;
}

interface GeneralFieldsProps extends SettingsPartProps {
  settings: PortalSettings;
}

const POLICIES = ["open", "invite", "closed"] as const;

/** Who may sign up, when days begin, and where the portal is. */
export function GeneralFields({ form, problemOf, settings }: GeneralFieldsProps) {
  const t = useTranslations("adminSettings");
  return (
    <div className="grid gap-x-10 gap-y-6 lg:grid-cols-2">
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-3 font-medium">{t("signUp")}</legend>
        <Controller
          control={form.control}
          name="signUpPolicy"
          render={({ field }) => (
            <RadioGroup
              aria-label={t("signUp")}
              value={field.value}
              onValueChange={field.onChange}
              choices={POLICIES.map((value) => ({
                value,
                label: t(`policies.${value}.label`),
                help: t(`policies.${value}.help`),
              }))}
            />
          )}
        />
        {settings.mailVerification ? null : <p className="text-ink-muted text-sm">{t("noMail")}</p>}
      </fieldset>
      <div className="flex flex-col gap-6">
        <ZoneField form={form} problemOf={problemOf} />
        <div className="flex flex-col gap-1.5">
          <span className="font-medium">{t("publicUrl")}</span>
          <span className="flex items-center gap-1">
            <code className="min-w-0 break-all font-mono text-sm">{settings.publicUrl}</code>
            <CopyButton text={settings.publicUrl} what={t("publicUrl")} />
          </span>
          <p className="text-ink-muted text-sm">{t("publicUrlHelp")}</p>
        </div>
      </div>
    </div>
  );
}

const ZONES = Intl.supportedValuesOf("timeZone");

function ZoneField({ form, problemOf }: SettingsPartProps) {
  const t = useTranslations("adminSettings");
  const when = useWhen();
  const now = useNowMs();
  const zone = form.watch("timeZone");
  const time = isZone(zone) ? when.minute(now, zone) : "–";
  return (
    <Field
      id="settings-timeZone"
      label={t("timeZone")}
      help={t("timeZoneHelp", { zone, time })}
      error={problemOf("timeZone")}
    >
      {(control) => (
        <>
          <Input
            {...control}
            {...form.register("timeZone")}
            list="time-zones"
            autoComplete="off"
            spellCheck={false}
          />
          <datalist id="time-zones">
            {["UTC", ...ZONES].map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}

function isZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}
