"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { CreatedKey } from "@/lib/contracts/keys";
import { Button } from "@/lib/ui/primitives/button";
import { Dialog, DialogClose } from "@/lib/ui/primitives/dialog";
import { SecretReveal } from "@/lib/ui/primitives/secret-reveal";

interface KeyMadeProps {
  made: CreatedKey | null;
  /** Of a rolled key instead of a new one. */
  rolled?: boolean;
  onClose: () => void;
}

/** Shows a new secret, once. Closing it forgets the secret. */
export function KeyMade({ made, rolled = false, onClose }: KeyMadeProps) {
  const t = useTranslations("keys");
  const common = useTranslations("common");
  if (!made) return null;
  const { name, id } = made.key;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(rolled ? "roll.doneTitle" : "made.title", { name })}
      purpose={t("made.purpose")}
      actions={
        <>
          {rolled ? null : (
            <Button asChild>
              <Link href={`/connect?key=${id}`}>{t("made.connect")}</Link>
            </Button>
          )}
          <DialogClose>
            <Button look="primary">{common("done")}</Button>
          </DialogClose>
        </>
      }
    >
      <SecretReveal secret={made.secret} name={name} fileName={`${fileNameOf(name)}.txt`} />
    </Dialog>
  );
}

/** A name that every file system takes. */
function fileNameOf(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}]+/gu, "-").replaceAll(/^-|-$/g, "") || "key";
}
