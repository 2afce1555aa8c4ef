"use client";
import { useTranslations } from "next-intl";
import { useUpdateKey } from "@/lib/client/hooks/keys";
import type { Key } from "@/lib/contracts/keys";
import { Button } from "@/lib/ui/primitives/button";
import { Notice } from "@/lib/ui/primitives/notice";
import { Sheet } from "@/lib/ui/primitives/sheet";
import { toast } from "@/lib/ui/primitives/toaster";
import { KeyDetails } from "./key-details";
import { KeyForm } from "./key-form";

interface KeySheetProps {
  apiKey: Key;
  editing: boolean;
  onEdit: (editing: boolean) => void;
  onClose: () => void;
}

/** One key beside the list: its spending, secrets and options, or the form to change them. */
export function KeySheet({ apiKey, editing, onEdit, onClose }: KeySheetProps) {
  const t = useTranslations("keys");
  const common = useTranslations("common");
  const update = useUpdateKey();
  const { id, name, state, ownerMayEdit } = apiKey;
  const editable = ownerMayEdit && state !== "revoked";
  const edit = (on: boolean) => {
    update.reset();
    onEdit(on);
  };
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={editing ? t("form.editTitle", { name }) : name}
      purpose={<code className="font-mono text-xs">{apiKey.start}…</code>}
      actions={
        editing && editable ? (
          <>
            <Button onClick={() => edit(false)}>{common("cancel")}</Button>
            <Button type="submit" form="edit-key" look="primary" busy={update.isPending}>
              {common("save")}
            </Button>
          </>
        ) : (
          <Button look="primary" disabled={!editable} onClick={() => edit(true)}>
            {common("edit")}
          </Button>
        )
      }
    >
      {editing && editable ? (
        <KeyForm
          apiKey={apiKey}
          formId="edit-key"
          error={update.error}
          onSubmit={(body) =>
            update.mutate(
              { id, ...body },
              {
                onSuccess: () => {
                  toast.done(t("saved", { name: body.name }));
                  edit(false);
                },
              },
            )
          }
        />
      ) : (
        <div className="flex flex-col gap-6">
          {ownerMayEdit ? null : <Notice>{t("detail.locked")}</Notice>}
          <KeyDetails apiKey={apiKey} />
        </div>
      )}
    </Sheet>
  );
}
