"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { ApiError } from "@/lib/client/api";
import { useAddAllowedHost } from "@/lib/client/hooks/settings";
import { AddAllowedHostBody } from "@/lib/contracts/settings";
import { Button } from "@/lib/ui/primitives/button";
import { Field } from "@/lib/ui/primitives/field";
import { FormSummary } from "@/lib/ui/primitives/form-summary";
import { Input } from "@/lib/ui/primitives/input";
import { toast } from "@/lib/ui/primitives/toaster";
import { formProblems, refusedByServer } from "../../../../_parts/form-problems";
import { useFailureText } from "../../../../_parts/use-failure-text";

/** One line that allows an exact host and port. */
export function AllowHostForm() {
  const t = useTranslations("adminSettings.hosts");
  const failureText = useFailureText();
  const add = useAddAllowedHost();
  const form = useForm<AddAllowedHostBody>({
    resolver: zodResolver(AddAllowedHostBody),
    defaultValues: { hostPort: "", note: "" },
  });
  const duplicate = add.error instanceof ApiError && add.error.code === "conflict";
  const sentences = { hostPort: t(duplicate ? "duplicate" : "wrong"), note: t("wrongNote") };
  const wrong = [...Object.keys(form.formState.errors), ...(duplicate ? ["hostPort"] : [])];
  const problemOf = (field: keyof typeof sentences) =>
    wrong.includes(field) || refusedByServer(add.error, field) ? sentences[field] : undefined;
  const failure = add.error ? { error: add.error, text: failureText(add.error) } : null;
  const send = (body: AddAllowedHostBody) =>
    add.mutate(body, {
      onSuccess: ({ hostPort }) => {
        form.reset();
        toast.done(t("added", { hostPort }));
      },
    });
  return (
    <form noValidate className="flex flex-col gap-3" onSubmit={form.handleSubmit(send)}>
      <FormSummary problems={formProblems("host", sentences, wrong, failure)} />
      <div className="grid items-start gap-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto]">
        <Field
          id="host-hostPort"
          label={t("hostPort")}
          help={t("hostPortHelp")}
          error={problemOf("hostPort")}
        >
          {(control) => (
            <Input
              {...control}
              {...form.register("hostPort")}
              mono
              autoComplete="off"
              spellCheck={false}
            />
          )}
        </Field>
        <Field id="host-note" label={t("note")} optional error={problemOf("note")}>
          {(control) => <Input {...control} {...form.register("note")} autoComplete="off" />}
        </Field>
        <Button type="submit" busy={add.isPending} className="sm:mt-6.5">
          {t("add")}
        </Button>
      </div>
    </form>
  );
}
