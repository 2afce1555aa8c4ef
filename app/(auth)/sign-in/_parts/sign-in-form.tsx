"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { useSignIn } from "@/lib/client/hooks/auth";
import { SignInBody } from "@/lib/contracts/auth";
import { Button } from "@/lib/ui/primitives/button";
import { Field } from "@/lib/ui/primitives/field";
import { FormSummary } from "@/lib/ui/primitives/form-summary";
import { Input } from "@/lib/ui/primitives/input";
import { formProblems } from "../../../_parts/form-problems";
import { PasswordInput } from "../../../_parts/password-input";
import { useFailureText } from "../../../_parts/use-failure-text";

/** E-mail and password; goes on to `next`, which lies within the portal. */
export function SignInForm({ next }: { next: string }) {
  const t = useTranslations("auth");
  const failureText = useFailureText();
  const router = useRouter();
  const signIn = useSignIn();
  const form = useForm({
    resolver: zodResolver(SignInBody),
    defaultValues: { email: "", password: "" },
  });
  const { errors } = form.formState;
  const sentences = { email: t("wrong.email"), password: t("wrong.passwordMissing") };
  const failure = signIn.error
    ? {
        error: signIn.error,
        text: failureText(signIn.error, { unauthenticated: t("signIn.mismatch") }),
      }
    : null;

  const submit = form.handleSubmit((values) =>
    signIn.mutate(values, {
      onSuccess: () => {
        router.replace(next);
        router.refresh();
      },
    }),
  );

  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-5">
      <FormSummary problems={formProblems("sign-in", sentences, Object.keys(errors), failure)} />
      <Field id="sign-in-email" label={t("email")} error={errors.email && sentences.email}>
        {(control) => (
          <Input
            {...control}
            {...form.register("email")}
            type="email"
            autoComplete="username"
            spellCheck={false}
          />
        )}
      </Field>
      <Field
        id="sign-in-password"
        label={t("password")}
        error={errors.password && sentences.password}
      >
        {(control) => (
          <PasswordInput
            {...control}
            {...form.register("password")}
            autoComplete="current-password"
          />
        )}
      </Field>
      <Button type="submit" look="primary" size="lg" busy={signIn.isPending || signIn.isSuccess}>
        {t("signIn.submit")}
      </Button>
    </form>
  );
}
