"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { Email, Password } from "@/lib/contracts/auth";
import { Name } from "@/lib/contracts/common";
import { Button } from "@/lib/ui/primitives/button";
import { Field } from "@/lib/ui/primitives/field";
import { FormSummary } from "@/lib/ui/primitives/form-summary";
import { Input } from "@/lib/ui/primitives/input";
import { formProblems, refusedByServer } from "../../_parts/form-problems";
import { PasswordInput } from "../../_parts/password-input";

const AccountShape = z.object({ name: Name, email: Email, password: Password });
export type AccountValues = z.input<typeof AccountShape>;

interface AccountFormProps {
  /** The address that the link was made for; it cannot be changed then. */
  fixedEmail: string | null;
  submit: string;
  busy: boolean;
  failure: { error: unknown; text: string } | null;
  onSubmit: (values: AccountValues) => void;
}

/** Name, e-mail and password of an account that is about to be made. */
export function AccountForm({ fixedEmail, submit, busy, failure, onSubmit }: AccountFormProps) {
  const t = useTranslations("auth");
  const form = useForm({
    resolver: zodResolver(AccountShape),
    defaultValues: { name: "", email: fixedEmail ?? "", password: "" },
  });
  const { errors } = form.formState;
  const sentences = {
    name: t("wrong.name"),
    email: t("wrong.email"),
    password: t("wrong.password"),
  };
  const problemOf = (field: keyof AccountValues) =>
    errors[field] || refusedByServer(failure?.error, field) ? sentences[field] : undefined;

  return (
    <form noValidate onSubmit={form.handleSubmit(onSubmit)} className="flex flex-col gap-5">
      <FormSummary problems={formProblems("account", sentences, Object.keys(errors), failure)} />
      <Field id="account-name" label={t("name")} help={t("nameHelp")} error={problemOf("name")}>
        {(control) => <Input {...control} {...form.register("name")} autoComplete="name" />}
      </Field>
      <Field id="account-email" label={t("email")} error={problemOf("email")}>
        {(control) => (
          <Input
            {...control}
            {...form.register("email")}
            type="email"
            autoComplete="username"
            readOnly={fixedEmail !== null}
          />
        )}
      </Field>
      <Field
        id="account-password"
        label={t("password")}
        help={t("passwordHelp")}
        error={problemOf("password")}
      >
        {(control) => (
          <PasswordInput {...control} {...form.register("password")} autoComplete="new-password" />
        )}
      </Field>
      <Button type="submit" look="primary" size="lg" busy={busy}>
        {submit}
      </Button>
    </form>
  );
}
