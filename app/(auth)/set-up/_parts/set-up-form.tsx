"use client";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useSetUp } from "@/lib/client/hooks/auth";
import { useFailureText } from "../../../_parts/use-failure-text";
import { AccountForm } from "../../_parts/account-form";
import { readersPlace } from "../../_parts/readers-place";

/** Makes the first administrator and goes on to the accounts, signed in. */
export function SetUpForm({ token }: { token: string }) {
  const t = useTranslations("setup");
  const locale = useLocale();
  const failureText = useFailureText();
  const router = useRouter();
  const setUp = useSetUp();
  const failure = setUp.error ? { error: setUp.error, text: failureText(setUp.error) } : null;
  return (
    <AccountForm
      fixedEmail={null}
      submit={t("submit")}
      busy={setUp.isPending || setUp.isSuccess}
      failure={failure}
      onSubmit={(values) =>
        setUp.mutate(
          { ...values, ...readersPlace(locale), token },
          {
            onSuccess: () => {
              router.replace("/admin/accounts");
              router.refresh();
            },
          },
        )
      }
    />
  );
}
