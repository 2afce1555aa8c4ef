"use client";
import { useTranslations } from "next-intl";
import { useCreateResetLink } from "@/lib/client/hooks/users";
import type { User } from "@/lib/contracts/users";
import { Button } from "@/lib/ui/primitives/button";
import { Dialog, DialogClose } from "@/lib/ui/primitives/dialog";
import { FormSummary } from "@/lib/ui/primitives/form-summary";
import { useFailureText } from "../../../../_parts/use-failure-text";
import { OneTimeLinkBox } from "./one-time-link";

interface ResetLinkProps {
  user: User;
  onClose: () => void;
}

/** Makes the link with which a user sets a new password, and shows it this once. */
export function ResetLink({ user, onClose }: ResetLinkProps) {
  const t = useTranslations("adminUsers.reset");
  const common = useTranslations("common");
  const failureText = useFailureText();
  const make = useCreateResetLink();
  const { name } = user;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("title", { name })}
      purpose={make.data ? t("purpose") : t("ask", { name })}
      actions={
        make.data ? (
          <DialogClose>
            <Button look="primary">{common("done")}</Button>
          </DialogClose>
        ) : (
          <>
            <DialogClose>
              <Button>{common("cancel")}</Button>
            </DialogClose>
            <Button look="primary" busy={make.isPending} onClick={() => make.mutate(user.id)}>
              {t("submit")}
            </Button>
          </>
        )
      }
    >
      {make.data ? <OneTimeLinkBox link={make.data} name={t("link")} /> : null}
      <FormSummary problems={make.error ? [{ message: failureText(make.error) }] : []} />
    </Dialog>
  );
}
