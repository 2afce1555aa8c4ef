"use client";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { useBeginSignIn } from "@/lib/client/hooks/sign-ins";
import type { Account } from "@/lib/contracts/accounts";
import { Dialog } from "@/lib/ui/primitives/dialog";
import { Notice } from "@/lib/ui/primitives/notice";
import { Spinner } from "@/lib/ui/primitives/spinner";
import { toast } from "@/lib/ui/primitives/toaster";
import { useFailureText } from "../../../../_parts/use-failure-text";
import { SignInStep } from "./sign-in-step";

interface SignInAgainProps {
  account: Account;
  onClose: () => void;
}

/** Signs a known account in again: it keeps its history and its place. */
export function SignInAgain({ account, onClose }: SignInAgainProps) {
  const t = useTranslations("signIns");
  const failureText = useFailureText();
  const { mutate, data: begun, error } = useBeginSignIn();
  const { id, provider, name } = account;
  useEffect(() => mutate({ provider, settings: {}, accountId: id }), [id, mutate, provider]);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("againTitle", { name })}
      purpose={t("againPurpose")}
    >
      {begun ? (
        <SignInStep
          signIn={begun}
          onDone={() => {
            toast.done(t("connected", { name }));
            onClose();
          }}
        />
      ) : null}
      {error ? <Notice tone="bad">{failureText(error)}</Notice> : null}
      {begun || error ? null : <Spinner />}
    </Dialog>
  );
}
