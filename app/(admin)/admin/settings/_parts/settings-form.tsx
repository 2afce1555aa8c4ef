"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { useUpdateSettings } from "@/lib/client/hooks/settings";
import { settingsQuery } from "@/lib/client/queries/settings";
import { Button } from "@/lib/ui/primitives/button";
import { Card } from "@/lib/ui/primitives/card";
import { FormSummary } from "@/lib/ui/primitives/form-summary";
import { toast } from "@/lib/ui/primitives/toaster";
import { formProblems, refusedByServer } from "../../../../_parts/form-problems";
import { useFailureText } from "../../../../_parts/use-failure-text";
import { GeneralFields } from "./general-fields";
import { RelayFields } from "./relay-fields";
import {
  fromSettings,
  RELAY_FIELDS,
  RELAY_NAMES,
  SettingsShape,
  type SettingsValues,
  toSettingsBody,
} from "./settings-values";

/** The settings of the portal in one form. */
export function SettingsForm() {
  const t = useTranslations("adminSettings");
  const common = useTranslations("common");
  const failureText = useFailureText();
  const { data: settings } = useSuspenseQuery(settingsQuery);
  const update = useUpdateSettings();
  const form = useForm<SettingsValues>({
    resolver: zodResolver(SettingsShape),
    defaultValues: fromSettings(settings),
  });
  const sentences = useSentences();
  const { errors, isDirty } = form.formState;
  const wrong = Object.keys(errors);
  const failure = update.error ? { error: update.error, text: failureText(update.error) } : null;
  const problemOf = (field: keyof SettingsValues) =>
    wrong.includes(field) || refusedByServer(update.error, field) ? sentences[field] : undefined;
  const part = { form, problemOf };
  const save = (values: SettingsValues) =>
    update.mutate(toSettingsBody(values), {
      onSuccess: (saved) => {
        form.reset(fromSettings(saved));
        toast.done(t("saved"));
      },
    });
  return (
    <form noValidate className="flex flex-col gap-6" onSubmit={form.handleSubmit(save)}>
      <FormSummary problems={formProblems("settings", sentences, wrong, failure)} />
      <Card title={t("general")}>
        <GeneralFields {...part} settings={settings} />
      </Card>
      <Card title={t("relay")} purpose={t("relayPurpose")}>
        <RelayFields {...part} />
      </Card>
      <div className="flex justify-end">
        <Button type="submit" look="primary" disabled={!isDirty} busy={update.isPending}>
          {common("save")}
        </Button>
      </div>
    </form>
  );
}

function useSentences(): Record<keyof SettingsValues, string> {
  const t = useTranslations("adminSettings");
  const numbers = RELAY_NAMES.map((name) => {
    const { min, max } = RELAY_FIELDS[name];
    const label = t(`fields.${name}.label`);
    return [name, t("wrong.field", { label, min: String(min), max: String(max) })] as const;
  });
  const named = Object.fromEntries(numbers) as Record<(typeof RELAY_NAMES)[number], string>;
  return {
    ...named,
    signUpPolicy: t("signUp"),
    timeZone: t("wrong.timeZone"),
    strategy: t("strategy"),
  };
}
