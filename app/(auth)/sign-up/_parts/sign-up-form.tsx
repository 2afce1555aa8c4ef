"use client";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useSignUp } from "@/lib/client/hooks/auth";
import { useFailureText } from "../../../_parts/use-failure-text";
import { AccountForm } from "../../_parts/account-form";
import { readersPlace } from "../../_parts/readers-place";

interface SignUpFormProps {
  invitation: string | null;
  /** The address that the invitation is for. */
  email: string | null;
}

/** Makes an account and goes on to the connect page, signed in. */
export function SignUpForm({ invitation, email }: SignUpFormProps) {
  const t = useTranslations("auth.signUp");
  const locale = useLocale();
  const failureText = useFailureText();
  const router = useRouter();
  const signUp = useSignUp();
  const failure = signUp.error
    ? { error: signUp.error, text: failureText(signUp.error, { conflict: t("taken") }) }
    : null;
  return (
    <AccountForm
      fixedEmail={email}
      submit={t("submit")}
      busy={signUp.isPending || signUp.isSuccess}
      failure={failure}
      onSubmit={(values) =>
        signUp.mutate(
          { ...values, ...readersPlace(locale), invitation: invitation ?? undefined },
          {
            onSuccess: () => {
              router.replace("/overview");
              router.refresh();
            },
          },
        )
      }
    />
  );
}
