"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { Controller, useForm } from "react-hook-form";
import { z } from "zod";
import { CreateInvitationBody } from "@/lib/contracts/users";
import { Field } from "@/lib/ui/primitives/field";
import { FormSummary } from "@/lib/ui/primitives/form-summary";
import { Input } from "@/lib/ui/primitives/input";
import { formProblems, refusedByServer } from "../../../../_parts/form-problems";
import { useFailureText } from "../../../../_parts/use-failure-text";
import { RoleSelect } from "./role-select";

const { email, role, note } = CreateInvitationBody.shape;
const Whole = (min: number, max: number) =>
  z.string().refine((text) => /^\d{1,4}$/.test(text) && Number(text) >= min && Number(text) <= max);

const Shape = z.object({
  email: z.string().refine((text) => text === "" || email.safeParse(text).success),
  role,
  note,
  uses: Whole(1, 1_000),
  days: Whole(1, 90),
});
type Values = z.input<typeof Shape>;

interface InviteFormProps {
  error: unknown;
  onSubmit: (body: CreateInvitationBody) => void;
}

const BOXES = ["email", "uses", "days", "note"] as const;

/** For whom an invitation is and how long it holds. */
export function InviteForm({ error, onSubmit }: InviteFormProps) {
  const t = useTranslations("adminUsers.invite");
  const words = useTranslations("adminUsers.wrong");
  const failureText = useFailureText();
  const form = useForm<Values>({
    resolver: zodResolver(Shape),
    defaultValues: { email: "", role: "member", note: "", uses: "1", days: "7" },
  });
  const sentences = {
    email: words("email"),
    uses: words("uses"),
    days: words("days"),
    note: words("note"),
  };
  const wrong = Object.keys(form.formState.errors);
  const failure = error ? { error, text: failureText(error) } : null;
  const send = ({ email: address, uses, days, ...rest }: Values) =>
    onSubmit({ ...rest, email: address || null, maxUses: Number(uses), days: Number(days) });
  return (
    <form id="invite" noValidate className="flex flex-col gap-5" onSubmit={form.handleSubmit(send)}>
      <FormSummary problems={formProblems("invite", sentences, wrong, failure)} />
      {BOXES.map((field) => (
        <Field
          key={field}
          id={`invite-${field}`}
          label={t(field)}
          help={field === "email" ? t("emailHelp") : undefined}
          optional={field === "email" || field === "note"}
          error={
            wrong.includes(field) || refusedByServer(error, field) ? sentences[field] : undefined
          }
        >
          {(control) => (
            <Input
              {...control}
              {...form.register(field)}
              type={field === "email" ? "email" : "text"}
              inputMode={field === "uses" || field === "days" ? "numeric" : undefined}
              autoComplete="off"
            />
          )}
        </Field>
      ))}
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
