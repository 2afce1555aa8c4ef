"use client";
import { ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useFinishSignIn } from "@/lib/client/hooks/sign-ins";
import type { Account } from "@/lib/contracts/accounts";
import type { BegunSignIn, FinishSignInBody } from "@/lib/contracts/sign-ins";
import { Button } from "@/lib/ui/primitives/button";
import { CopyButton } from "@/lib/ui/primitives/copy-button";
import { Field } from "@/lib/ui/primitives/field";
import { Notice } from "@/lib/ui/primitives/notice";
import { Spinner } from "@/lib/ui/primitives/spinner";
import { Textarea } from "@/lib/ui/primitives/textarea";
import { useFailureText } from "../../../../_parts/use-failure-text";

interface SignInStepProps {
  signIn: BegunSignIn;
  /** Fields of a new account; absent where a known one is signed in again. */
  account?: FinishSignInBody["account"];
  onDone: (account: Account) => void;
}

/** The half of a sign-in that happens at the provider, and how it comes back. */
export function SignInStep(props: SignInStepProps) {
  const t = useTranslations("signIns");
  const { signIn } = props;
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-center gap-2">
        <Button asChild look="primary">
          <a href={signIn.url} target="_blank" rel="noopener noreferrer">
            <ExternalLink aria-hidden="true" />
            {t("open")}
          </a>
        </Button>
        <CopyButton wide size="md" text={signIn.url} what={t("address")} />
        <span className="text-ink-muted text-sm">
          {t("expires", { minutes: Math.round(signIn.expiresInSeconds / 60) })}
        </span>
      </div>
      {signIn.kind === "device" ? <DeviceWait {...props} /> : <PastedCode {...props} />}
    </div>
  );
}

function PastedCode({ signIn, account, onDone }: SignInStepProps) {
  const t = useTranslations("signIns");
  const failureText = useFailureText();
  const [pasted, setPasted] = useState("");
  const [missing, setMissing] = useState(false);
  const finish = useFinishSignIn();
  const failed = finish.error ? failureText(finish.error) : undefined;
  const submit = () => {
    setMissing(pasted.trim() === "");
    if (pasted.trim() === "") return;
    finish.mutate(
      { id: signIn.id, pasted, ...(account && { account }) },
      { onSuccess: (answer) => answer.state === "done" && onDone(answer.account) },
    );
  };
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field
        label={t("pasted")}
        help={t("pasteHelp")}
        error={missing ? t("pastedMissing") : failed}
      >
        {(control) => (
          <Textarea
            {...control}
            rows={4}
            value={pasted}
            onChange={(event) => setPasted(event.target.value)}
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
      <Button type="submit" look="primary" busy={finish.isPending} className="self-start">
        {t("finish")}
      </Button>
    </form>
  );
}

/** Asks as often as the provider allows whether its owner has agreed. */
function DeviceWait({ signIn, account, onDone }: SignInStepProps) {
  const t = useTranslations("signIns");
  const failureText = useFailureText();
  const finish = useFinishSignIn();
  const { mutate } = finish;
  const { id, intervalSeconds, userCode } = signIn;
  const ended = finish.isError;
  useEffect(() => {
    if (ended) return;
    const timer = setInterval(
      () =>
        mutate(
          { id, ...(account && { account }) },
          { onSuccess: (answer) => answer.state === "done" && onDone(answer.account) },
        ),
      (intervalSeconds ?? 5) * 1_000,
    );
    return () => clearInterval(timer);
  }, [account, ended, id, intervalSeconds, mutate, onDone]);
  return (
    <>
      <div className="flex flex-col gap-1">
        <span className="text-ink-muted text-sm">{t("typeCode")}</span>
        <span className="flex items-center gap-2 font-mono text-xl tabular-nums">
          {userCode}
          <CopyButton text={userCode ?? ""} what={t("typeCode")} />
        </span>
      </div>
      {finish.error ? (
        <Notice tone="bad">{failureText(finish.error)}</Notice>
      ) : (
        <p role="status" className="flex items-center gap-2 text-ink-muted">
          <Spinner />
          {t("waiting")}
        </p>
      )}
    </>
  );
}
