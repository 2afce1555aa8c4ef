"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { useChangePassword } from "@/lib/client/hooks/auth";
import { ChangePasswordBody } from "@/lib/contracts/auth";
import { Button } from "@/lib/ui/primitives/button";
import { Card } from "@/lib/ui/primitives/card";
import { Field } from "@/lib/ui/primitives/field";
import { FormSummary } from "@/lib/ui/primitives/form-summary";
import { toast } from "@/lib/ui/primitives/toaster";
import { formProblems, refusedByServer } from "../../../_parts/form-problems";
import { PasswordInput } from "../../../_parts/password-input";
import { useFailureText } from "../../../_parts/use-failure-text";

const BLANK = { current: "", password: "" };

/** Changes the password, given the present one. */
export function PasswordForm() {
  const t = useTranslations("settings");
  const failureText = useFailureText();
  const change = useChangePassword();
  const form = useForm({ resolver: zodResolver(ChangePasswordBody), defaultValues: BLANK });
  const { errors } = form.formState;
  const notIt = refusedByServer(change.error, "current");
  const sentences = {
    current: notIt ? t("mismatch") : t("wrong.current"),
    password: t("wrong.password"),
  };
  const failure = change.error ? { error: change.error, text: failureText(change.error) } : null;
  const submit = form.handleSubmit((values) =>
    change.mutate(values, {
      onSuccess: () => {
        form.reset(BLANK);
        toast.done(t("changed"));
      },
    }),
  );

  return (
    <Card title={t("password")} purpose={t("passwordPurpose")}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-5">
        <FormSummary problems={formProblems("password", sentences, Object.keys(errors), failure)} />
        <Field
          id="password-current"
          label={t("current")}
          error={errors.current || notIt ? sentences.current : undefined}
        >
          {(control) => (
            <PasswordInput
              {...control}
              {...form.register("current")}
              autoComplete="current-password"
            />
          )}
        </Field>
        <Field
          id="password-password"
          label={t("next")}
          help={t("nextHelp")}
          error={errors.password && sentences.password}
        >
          {(control) => (
            <PasswordInput
              {...control}
              {...form.register("password")}
              autoComplete="new-password"
            />
          )}
        </Field>
        <Button type="submit" className="self-start" busy={change.isPending}>
          {t("change")}
        </Button>
      </form>
    </Card>
  );
}
