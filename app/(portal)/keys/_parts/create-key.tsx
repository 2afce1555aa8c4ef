"use client";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useCreateKey } from "@/lib/client/hooks/keys";
import type { CreatedKey } from "@/lib/contracts/keys";
import { Button } from "@/lib/ui/primitives/button";
import { Dialog, DialogClose } from "@/lib/ui/primitives/dialog";
import { KeyForm } from "./key-form";
import { KeyMade } from "./key-made";

interface CreateKeyProps {
  /** Open from the start: for links that lead here to make a key. */
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  look?: "primary" | "secondary";
  /** Takes the new key instead of the dialog that shows it here. */
  onMade?: (made: CreatedKey) => void;
}

/** The button that makes a key: a short form, then the secret, shown once. */
export function CreateKey({ open, onOpenChange, look = "primary", onMade }: CreateKeyProps) {
  const t = useTranslations("keys");
  const common = useTranslations("common");
  const [ownOpen, setOwnOpen] = useState(false);
  const [made, setMade] = useState<CreatedKey | null>(null);
  const create = useCreateKey();
  const setOpen = (next: boolean) => {
    setOwnOpen(next);
    onOpenChange?.(next);
    if (next) create.reset();
  };
  return (
    <>
      <Dialog
        title={t("form.createTitle")}
        purpose={t("form.createPurpose")}
        open={open || ownOpen}
        onOpenChange={setOpen}
        trigger={
          <Button look={look}>
            <Plus aria-hidden="true" />
            {t("create")}
          </Button>
        }
        actions={
          <>
            <DialogClose>
              <Button>{common("cancel")}</Button>
            </DialogClose>
            <Button type="submit" form="create-key" look="primary" busy={create.isPending}>
              {t("create")}
            </Button>
          </>
        }
      >
        <KeyForm
          apiKey={null}
          formId="create-key"
          error={create.error}
          onSubmit={(body) =>
            create.mutate(body, {
              onSuccess: (created) => {
                setOpen(false);
                if (onMade) onMade(created);
                else setMade(created);
              },
            })
          }
        />
      </Dialog>
      <KeyMade made={made} onClose={() => setMade(null)} />
    </>
  );
}
