"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import type { z } from "zod";
import { ApiError } from "@/lib/client/api";
import { useCreateUser } from "@/lib/client/hooks/users";
import { CreateUserBody } from "@/lib/contracts/users";
import { Button } from "@/lib/ui/primitives/button";
import { Dialog, DialogClose } from "@/lib/ui/primitives/dialog";
import { Field } from "@/lib/ui/primitives/field";
import { FormSummary } from "@/lib/ui/primitives/form-summary";
import { Input } from "@/lib/ui/primitives/input";
import { toast } from "@/lib/ui/primitives/toaster";
import { formProblems, refusedByServer } from "../../../../_parts/form-problems";
import { PasswordInput } from "../../../../_parts/password-input";
import { useFailureText } from "../../../../_parts/use-failure-text";
import { RoleSelect } from "./role-select";

type Values = z.input<typeof CreateUserBody>;

/** The button that makes an account for somebody, with a password that is passed on. */
export function CreateUser() {
  const t = useTranslations("adminUsers.create");
  const common = useTranslations("common");
  const [open, setOpen] = useState(false);
  const create = useCreateUser();
  const show = (next: boolean) => {
    setOpen(next);
    create.reset();
  };
  return (
    <Dialog
      title={t("title")}
      purpose={t("purpose")}
      open={open}
      onOpenChange={show}
      trigger={<Button>{t("verb")}</Button>}
      actions={
        <>
          <DialogClose>
            <Button>{common("cancel")}</Button>
          </DialogClose>
          <Button type="submit" form="create-user" look="primary" busy={create.isPending}>
            {t("verb")}
          </Button>
        </>
      }
    >
      <UserForm
        error={create.error}
        onSubmit={(body) =>
          create.mutate(body, {
            onSuccess: ({ name }) => {
              show(false);
              toast.done(t("done", { name }));
            },
          })
        }
      />
    </Dialog>
  );
}

interface UserFormProps {
  error: unknown;
  onSubmit: (body: Values) => void;
}

function UserForm({ error, onSubmit }: UserFormProps) {
  const t = useTranslations("adminUsers.create");
  const wrongWords = useTranslations("adminUsers.wrong");
  const failureText = useFailureText();
  const form = useForm<Values>({
    resolver: zodResolver(CreateUserBody),
    defaultValues: { name: "", email: "", password: "", role: "member" },
  });
  const taken = error instanceof ApiError && error.code === "conflict";
  const sentences = {
    name: wrongWords("name"),
    email: wrongWords(taken ? "taken" : "email"),
    password: wrongWords("password"),
  };
  const wrong = [...Object.keys(form.formState.errors), ...(taken ? ["email"] : [])];
  const problemOf = (field: keyof typeof sentences) =>
    wrong.includes(field) || refusedByServer(error, field) ? sentences[field] : undefined;
  const failure = error ? { error, text: failureText(error) } : null;
  return (
    <form
      id="create-user"
      noValidate
      className="flex flex-col gap-5"
      onSubmit={form.handleSubmit(onSubmit)}
    >
      <FormSummary problems={formProblems("user", sentences, wrong, failure)} />
      <Field id="user-name" label={t("name")} error={problemOf("name")}>
        {(control) => <Input {...control} {...form.register("name")} autoComplete="off" />}
      </Field>
      <Field id="user-email" label={t("email")} error={problemOf("email")}>
        {(control) => (
          <Input {...control} {...form.register("email")} type="email" autoComplete="off" />
        )}
      </Field>
      <Field
        id="user-password"
        label={t("password")}
        help={t("passwordHelp")}
        error={problemOf("password")}
      >
        {(control) => (
          <PasswordInput {...control} {...form.register("password")} autoComplete="new-password" />
        )}
      </Field>
      <Field label={t("role")}>
        {(control) => (
          <Controller
            control={form.control}
            name="role"
            render={({ field }) => (
              <RoleSelect {...control} value={field.value} onChange={field.onChange} />
            )}
          />
        )}
      </Field>
    </form>
  );
}
