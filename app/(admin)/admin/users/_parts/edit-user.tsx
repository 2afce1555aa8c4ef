"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { Controller, useForm } from "react-hook-form";
import { ApiError } from "@/lib/client/api";
import { useUpdateUser } from "@/lib/client/hooks/users";
import type { User } from "@/lib/contracts/users";
import { Button } from "@/lib/ui/primitives/button";
import { Field } from "@/lib/ui/primitives/field";
import { FormSummary } from "@/lib/ui/primitives/form-summary";
import { Input } from "@/lib/ui/primitives/input";
import { Sheet } from "@/lib/ui/primitives/sheet";
import { toast } from "@/lib/ui/primitives/toaster";
import { formProblems } from "../../../../_parts/form-problems";
import { useFailureText } from "../../../../_parts/use-failure-text";
import { RoleSelect } from "./role-select";
import { fromUser, toUserBody, UserFormShape, type UserFormValues } from "./user-form-values";

interface EditUserProps {
  user: User;
  onClose: () => void;
}

/** Name, role and limits of a user beside the list. */
export function EditUser({ user, onClose }: EditUserProps) {
  const t = useTranslations("adminUsers.form");
  const common = useTranslations("common");
  const update = useUpdateUser();
  const save = (values: UserFormValues) =>
    update.mutate(
      { id: user.id, ...toUserBody(values) },
      {
        onSuccess: ({ name }) => {
          toast.done(t("saved", { name }));
          onClose();
        },
      },
    );
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("title", { name: user.name })}
      purpose={user.email}
      actions={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" form="edit-user" look="primary" busy={update.isPending}>
            {common("save")}
          </Button>
        </>
      }
    >
      <UserForm user={user} error={update.error} onSubmit={save} />
    </Sheet>
  );
}

interface UserFormProps {
  user: User;
  error: unknown;
  onSubmit: (values: UserFormValues) => void;
}

const LIMITS = ["daily", "weekly", "monthly", "total", "concurrency"] as const;

function UserForm({ user, error, onSubmit }: UserFormProps) {
  const t = useTranslations("adminUsers.form");
  const sentences = useSentences();
  const failure = useFailure(error);
  const form = useForm<UserFormValues>({
    resolver: zodResolver(UserFormShape),
    defaultValues: fromUser(user),
  });
  const wrong = Object.keys(form.formState.errors);
  const problemOf = (field: keyof typeof sentences) =>
    wrong.includes(field) ? sentences[field] : undefined;
  return (
    <form
      id="edit-user"
      noValidate
      className="flex flex-col gap-5"
      onSubmit={form.handleSubmit(onSubmit)}
    >
      <FormSummary problems={formProblems("edit-user", sentences, wrong, failure)} />
      <Field id="edit-user-name" label={t("name")} error={problemOf("name")}>
        {(control) => <Input {...control} {...form.register("name")} autoComplete="off" />}
      </Field>
      <Field label={t("role")} help={t("roleHelp")}>
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
      <fieldset className="flex flex-col gap-4">
        <legend className="mb-3 font-semibold">{t("limits")}</legend>
        <div className="grid gap-4 sm:grid-cols-2">
          {LIMITS.map((field) => (
            <Field key={field} id={`edit-user-${field}`} label={t(field)} error={problemOf(field)}>
              {(control) => (
                <Input
                  {...control}
                  {...form.register(field)}
                  inputMode="decimal"
                  placeholder={t("noLimit")}
                  autoComplete="off"
                />
              )}
            </Field>
          ))}
        </div>
      </fieldset>
    </form>
  );
}

function useFailure(error: unknown): { error: unknown; text: string } | null {
  const wrong = useTranslations("adminUsers.wrong");
  const failureText = useFailureText();
  if (!error) return null;
  const last = error instanceof ApiError && error.code === "conflict";
  return { error, text: last ? wrong("lastAdmin") : failureText(error) };
}

function useSentences() {
  const t = useTranslations("adminUsers.wrong");
  return {
    name: t("name"),
    daily: t("usd"),
    weekly: t("usd"),
    monthly: t("usd"),
    total: t("usd"),
    concurrency: t("concurrency"),
  };
}
