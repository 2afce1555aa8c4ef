"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/lib/ui/primitives/button";
import { Field } from "@/lib/ui/primitives/field";
import { Input } from "@/lib/ui/primitives/input";
import { invitationIn } from "./invitation-in";

/** Takes a pasted invitation and opens the sign-up with it. */
export function InvitationForm() {
  const t = useTranslations("auth.signUp");
  const router = useRouter();
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState(false);
  return (
    <form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        const code = invitationIn(text);
        setWrong(!code);
        if (code) router.push(`/sign-up?invitation=${encodeURIComponent(code)}`);
      }}
    >
      <Field label={t("inviteField")} error={wrong ? t("inviteWrong") : undefined}>
        {(control) => (
          <Input
            {...control}
            mono
            autoComplete="off"
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" look="primary" size="lg">
        {t("inviteSubmit")}
      </Button>
    </form>
  );
}
