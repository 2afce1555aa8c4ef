"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useCreateAccount } from "@/lib/client/hooks/accounts";
import { useBeginSignIn } from "@/lib/client/hooks/sign-ins";
import type { Account, ProviderForm } from "@/lib/contracts/accounts";
import type { BegunSignIn, FinishSignInBody } from "@/lib/contracts/sign-ins";
import { Button } from "@/lib/ui/primitives/button";
import { Segmented } from "@/lib/ui/primitives/segmented";
import { Sheet } from "@/lib/ui/primitives/sheet";
import { toast } from "@/lib/ui/primitives/toaster";
import { AccountForm } from "./account-form";
import {
  type AccountFormValues,
  toCreateBody,
  toSettings,
  toSignInFields,
  typedProxy,
} from "./account-form-values";
import { SignInStep } from "./sign-in-step";

interface NewAccountProps {
  provider: ProviderForm;
  onBack: () => void;
  onClose: () => void;
  onDone: (account: Account) => void;
}

const WAYS = ["browser", "byHand"] as const;
type Way = (typeof WAYS)[number];

interface Begun {
  signIn: BegunSignIn;
  account: FinishSignInBody["account"];
}

/** The form of a new account, and the sign-in at its provider where it has one. */
export function NewAccount({ provider, onBack, onClose, onDone }: NewAccountProps) {
  const t = useTranslations("adminAccounts");
  const words = useTranslations("signIns");
  const common = useTranslations("common");
  const [way, setWay] = useState<Way>(provider.signIn ? "browser" : "byHand");
  const [begun, setBegun] = useState<Begun | null>(null);
  const create = useCreateAccount();
  const begin = useBeginSignIn();
  const signsIn = way === "browser";
  const added = (account: Account) => {
    toast.done(
      begun ? words("connected", { name: account.name }) : t("added", { name: account.name }),
    );
    onDone(account);
  };
  const submit = (values: AccountFormValues) => {
    if (!signsIn) {
      create.mutate(toCreateBody(provider, values), { onSuccess: added });
      return;
    }
    const settings = toSettings(provider, values);
    const body = { provider: provider.id, settings, ...typedProxy(values.proxy, null) };
    const account = toSignInFields(values);
    begin.mutate(body, { onSuccess: (signIn) => setBegun({ signIn, account }) });
  };
  return (
    <Sheet
      title={`${t("form.addTitle")}: ${provider.label}`}
      purpose={signsIn ? words("browserHelp") : t("form.fieldsPurpose")}
      open
      onOpenChange={(open) => !open && onClose()}
      actions={
        begun ? (
          <Button onClick={() => setBegun(null)}>{common("back")}</Button>
        ) : (
          <>
            <Button onClick={onBack}>{common("back")}</Button>
            <Button
              type="submit"
              form="add-account"
              look="primary"
              busy={create.isPending || begin.isPending}
            >
              {signsIn ? words("begin") : t("add")}
            </Button>
          </>
        )
      }
    >
      {begun ? <SignInStep {...begun} onDone={added} /> : null}
      <div className={begun ? "hidden" : "flex flex-col gap-5"}>
        {provider.signIn ? (
          <Segmented
            label={words("way")}
            choices={WAYS.map((value) => ({ value, label: words(value) }))}
            value={way}
            onValueChange={(value) => setWay(value === "byHand" ? "byHand" : "browser")}
          />
        ) : null}
        <AccountForm
          key={way}
          provider={signsIn ? { ...provider, secret: [] } : provider}
          account={null}
          formId="add-account"
          error={signsIn ? begin.error : create.error}
          onSubmit={submit}
        />
      </div>
    </Sheet>
  );
}
