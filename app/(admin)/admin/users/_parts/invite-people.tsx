"use client";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useCreateInvitation } from "@/lib/client/hooks/users";
import { Button } from "@/lib/ui/primitives/button";
import { Dialog, DialogClose } from "@/lib/ui/primitives/dialog";
import { InviteForm } from "./invite-form";
import { OneTimeLinkBox } from "./one-time-link";

/** The button that makes an invitation: a short form, then the link, shown once. */
export function InvitePeople({ look = "primary" }: { look?: "primary" | "secondary" }) {
  const t = useTranslations("adminUsers.invite");
  const common = useTranslations("common");
  const [open, setOpen] = useState(false);
  const invite = useCreateInvitation();
  const made = invite.data;
  const show = (next: boolean) => {
    setOpen(next);
    invite.reset();
  };
  return (
    <Dialog
      title={t(made ? "doneTitle" : "title")}
      purpose={t(made ? "donePurpose" : "purpose")}
      open={open}
      onOpenChange={show}
      trigger={
        <Button look={look}>
          <Plus aria-hidden="true" />
          {t("verb")}
        </Button>
      }
      actions={
        made ? (
          <DialogClose>
            <Button look="primary">{common("done")}</Button>
          </DialogClose>
        ) : (
          <>
            <DialogClose>
              <Button>{common("cancel")}</Button>
            </DialogClose>
            <Button type="submit" form="invite" look="primary" busy={invite.isPending}>
              {t("submit")}
            </Button>
          </>
        )
      }
    >
      {made ? (
        <OneTimeLinkBox link={made} name={t("doneTitle")} />
      ) : (
        <InviteForm error={invite.error} onSubmit={(body) => invite.mutate(body)} />
      )}
    </Dialog>
  );
}
