"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { useResetPassword } from "@/lib/client/hooks/auth";
import { Password } from "@/lib/contracts/auth";
import { Button } from "@/lib/ui/primitives/button";
import { Field } from "@/lib/ui/primitives/field";
import { FormSummary } from "@/lib/ui/primitives/form-summary";
import { formProblems } from "../../../_parts/form-problems";
import { PasswordInput } from "../../../_parts/password-input";
import { useFailureText } from "../../../_parts/use-failure-text";
import { AuthPanel } from "../../_parts/auth-panel";
import { MessagePanel } from "../../_parts/message-panel";

const NewPassword = z.object({ password: Password });

interface ResetFormProps {
  token: string;
  email: string | null;
}

/** Sets the new password, then leads to the sign-in. */
export function ResetForm({ token, email }: ResetFormProps) {
  const t = useTranslations("auth");
  const failureText = useFailureText();
  const reset = useResetPassword();
  const form = useForm({ resolver: zodResolver(NewPassword), defaultValues: { password: "" } });
  const { errors } = form.formState;
  const sentences = { password: t("wrong.password") };
  const failure = reset.error ? { error: reset.error, text: failureText(reset.error) } : null;

  if (reset.isSuccess) {
    return (
      <MessagePanel
        title={t("reset.doneTitle")}
        body={t("reset.doneBody")}
        action={{ href: "/sign-in", label: t("signUp.signIn") }}
      />
    );
  }
  return (
    <AuthPanel
      title={t("reset.title")}
      purpose={
        <>
          {email ? <p>{t("reset.forEmail", { email })}</p> : null}
          <p>{t("reset.purpose")}</p>
        </>
      }
    >
      <form
        noValidate
        className="flex flex-col gap-5"
        onSubmit={form.handleSubmit(({ password }) => reset.mutate({ token, password }))}
      >
        <FormSummary problems={formProblems("reset", sentences, Object.keys(errors), failure)} />
        <Field
          id="reset-password"
          label={t("newPassword")}
          help={t("passwordHelp")}
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
        <Button type="submit" look="primary" size="lg" busy={reset.isPending}>
          {t("reset.submit")}
        </Button>
      </form>
    </AuthPanel>
  );
}
