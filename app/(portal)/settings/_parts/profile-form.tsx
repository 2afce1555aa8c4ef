"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { Controller, useForm } from "react-hook-form";
import { z } from "zod";
import { useUpdateMe } from "@/lib/client/hooks/auth";
import { meQuery } from "@/lib/client/queries/auth";
import { Locale, TimeZone } from "@/lib/contracts/auth";
import { Name } from "@/lib/contracts/common";
import { LOCALE_COOKIE } from "@/lib/ui/i18n/locale";
import { keepPreference } from "@/lib/ui/layout/cookie";
import { Button } from "@/lib/ui/primitives/button";
import { Card } from "@/lib/ui/primitives/card";
import { Field } from "@/lib/ui/primitives/field";
import { FormSummary } from "@/lib/ui/primitives/form-summary";
import { Input } from "@/lib/ui/primitives/input";
import { Select } from "@/lib/ui/primitives/select";
import { toast } from "@/lib/ui/primitives/toaster";
import { formProblems } from "../../../_parts/form-problems";
import { useFailureText } from "../../../_parts/use-failure-text";

const ProfileShape = z.object({ name: Name, locale: Locale, timeZone: TimeZone });
const LANGUAGES = ["en", "zh"] as const;

/** Name, language and time zone of the reader. */
export function ProfileForm() {
  const t = useTranslations("settings");
  const common = useTranslations("common");
  const failureText = useFailureText();
  const router = useRouter();
  const { data: me } = useSuspenseQuery(meQuery);
  const shown = useLocale();
  const update = useUpdateMe();
  const form = useForm({
    resolver: zodResolver(ProfileShape),
    defaultValues: {
      name: me.name,
      // The language on the screen: saving another part of the profile must not change it.
      locale: LANGUAGES.find((one) => one === shown) ?? "en",
      timeZone: me.timeZone,
    },
  });
  const { errors } = form.formState;
  const sentences = { name: t("wrong.name"), timeZone: t("wrong.timeZone") };
  const failure = update.error ? { error: update.error, text: failureText(update.error) } : null;

  const submit = form.handleSubmit((values) =>
    update.mutate(values, {
      onSuccess: () => {
        keepPreference(LOCALE_COOKIE, values.locale);
        toast.done(t("saved"));
        router.refresh();
      },
    }),
  );

  return (
    <Card title={t("profile")}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-5">
        <FormSummary problems={formProblems("profile", sentences, Object.keys(errors), failure)} />
        <Field id="profile-name" label={t("name")} error={errors.name && sentences.name}>
          {(control) => <Input {...control} {...form.register("name")} autoComplete="name" />}
        </Field>
        <Field label={t("email")} help={t("emailHelp")}>
          {(control) => <Input {...control} value={me.email} readOnly />}
        </Field>
        <Field label={t("language")}>
          {(control) => (
            <Controller
              control={form.control}
              name="locale"
              render={({ field }) => (
                <Select
                  {...control}
                  value={field.value}
                  onValueChange={field.onChange}
                  choices={LANGUAGES.map((value) => ({ value, label: t(`languages.${value}`) }))}
                />
              )}
            />
          )}
        </Field>
        <Field
          id="profile-timeZone"
          label={t("timeZone")}
          help={t("timeZoneHelp")}
          error={errors.timeZone && sentences.timeZone}
        >
          {(control) => (
            <>
              <Input
                {...control}
                {...form.register("timeZone")}
                list="time-zones"
                spellCheck={false}
              />
              <TimeZones />
            </>
          )}
        </Field>
        <Button type="submit" look="primary" className="self-start" busy={update.isPending}>
          {common("save")}
        </Button>
      </form>
    </Card>
  );
}

/** What the box offers while one types; any zone that the platform knows is taken. */
function TimeZones() {
  const zones = useMemo(() => ["UTC", ...Intl.supportedValuesOf("timeZone")], []);
  return (
    // Server and browser may know different zones; the list is only an offer.
    <datalist id="time-zones" suppressHydrationWarning>
      {zones.map((zone) => (
        <option key={zone} value={zone} suppressHydrationWarning />
      ))}
    </datalist>
  );
}
