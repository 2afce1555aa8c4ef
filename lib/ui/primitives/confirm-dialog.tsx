"use client";

import { useTranslations } from "next-intl";
import { AlertDialog } from "radix-ui";
import { type ReactNode, useState } from "react";
import { Button } from "./button";

interface ConfirmDialogProps {
  title: string;
  /** What will happen, and whether it can be undone. */
  body: ReactNode;
  /** The verb of the deed, the same as on the button that asked. */
  verb: string;
  /** The deed. The dialog closes when it has succeeded and stays open when it throws. */
  onConfirm: () => Promise<unknown> | unknown;
  /** Red for what takes something away. */
  danger?: boolean;
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

/** Asks before a deed that people may regret. The focus starts on "Cancel". */
export function ConfirmDialog({
  title,
  body,
  verb,
  onConfirm,
  danger = true,
  trigger,
  open,
  onOpenChange,
}: ConfirmDialogProps) {
  const t = useTranslations("common");
  const [ownOpen, setOwnOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const setOpen = onOpenChange ?? setOwnOpen;

  const confirm = async () => {
    setBusy(true);
    try {
      await onConfirm();
      setOpen(false);
    } finally {
      setBusy(false);
    }
  };

  return (
    <AlertDialog.Root open={open ?? ownOpen} onOpenChange={setOpen}>
      {trigger ? <AlertDialog.Trigger asChild>{trigger}</AlertDialog.Trigger> : null}
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fade-in-0 fixed inset-0 z-50 bg-scrim data-[state=open]:animate-in duration-150" />
        <AlertDialog.Content className="fade-in-0 fixed inset-x-4 top-1/2 z-50 mx-auto flex max-w-105 -translate-y-1/2 flex-col gap-2 rounded-lg border border-line bg-raised p-5 shadow-float outline-none data-[state=open]:animate-in duration-150">
          <AlertDialog.Title className="font-semibold text-lg">{title}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="text-ink-muted">{body}</div>
          </AlertDialog.Description>
          <div className="mt-3 flex justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button disabled={busy}>{t("cancel")}</Button>
            </AlertDialog.Cancel>
            <Button look={danger ? "danger" : "primary"} busy={busy} onClick={confirm}>
              {verb}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
