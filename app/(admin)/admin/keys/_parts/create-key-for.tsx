"use client";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAdminCreateKey } from "@/lib/client/hooks/keys";
import type { CreatedKey } from "@/lib/contracts/keys";
import { Button } from "@/lib/ui/primitives/button";
import { Dialog, DialogClose } from "@/lib/ui/primitives/dialog";
import { KeyForm } from "../../../../(portal)/keys/_parts/key-form";
import { KeyMade } from "../../../../(portal)/keys/_parts/key-made";
import { OwnerField } from "./owner-field";

/** The button that makes a key for somebody: whose it is, the form of a key, then the secret, shown once. */
export function CreateKeyFor() {
  const t = useTranslations("adminKeys");
  const common = useTranslations("common");
  const [open, setOpen] = useState(false);
  const [ownerId, setOwnerId] = useState("");
  const [asked, setAsked] = useState(false);
  const [made, setMade] = useState<CreatedKey | null>(null);
  const create = useAdminCreateKey();
  const show = (next: boolean) => {
    setOpen(next);
    setOwnerId("");
    setAsked(false);
    create.reset();
  };
  return (
    <>
      <Dialog
        title={t("createTitle")}
        purpose={t("createPurpose")}
        open={open}
        onOpenChange={show}
        trigger={
          <Button look="primary">
            <Plus aria-hidden="true" />
            {t("create")}
          </Button>
        }
        actions={
          <>
            <DialogClose>
              <Button>{common("cancel")}</Button>
            </DialogClose>
            <Button
              type="submit"
              form="create-key-for"
              look="primary"
              busy={create.isPending}
              onClick={() => setAsked(true)}
            >
              {t("create")}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-5">
          <OwnerField
            value={ownerId}
            onChange={setOwnerId}
            error={asked && ownerId === "" ? t("noOwner") : undefined}
          />
          <KeyForm
            apiKey={null}
            formId="create-key-for"
            error={create.error}
            onSubmit={(body) => {
              if (ownerId === "") return;
              create.mutate(
                { ...body, ownerId },
                {
                  onSuccess: (created) => {
                    show(false);
                    setMade(created);
                  },
                },
              );
            }}
          />
        </div>
      </Dialog>
      <KeyMade made={made} onClose={() => setMade(null)} />
    </>
  );
}
