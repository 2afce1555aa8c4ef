"use client";
import { useTranslations } from "next-intl";
import { useUpdateKey } from "@/lib/client/hooks/keys";
import type { Key } from "@/lib/contracts/keys";
import { Notice } from "@/lib/ui/primitives/notice";
import { toast } from "@/lib/ui/primitives/toaster";
import { KeyDetails } from "./key-details";
import { KeyForm } from "./key-form";
import { KeySheetFrame } from "./key-sheet-frame";

interface KeySheetProps {
  apiKey: Key;
  editing: boolean;
  onEdit: (editing: boolean) => void;
  onClose: () => void;
}

/** One key beside the list: its spending, secrets and options, or the form to change them. */
export function KeySheet({ apiKey, editing, onEdit, onClose }: KeySheetProps) {
  const t = useTranslations("keys");
  const update = useUpdateKey();
  const { id, name, state, ownerMayEdit } = apiKey;
  const editable = ownerMayEdit && state !== "revoked";
  const edit = (on: boolean) => {
    update.reset();
    onEdit(on);
  };
  return (
    <KeySheetFrame
      apiKey={apiKey}
      title={editing ? t("form.editTitle", { name }) : name}
      forming={editing && editable}
      editable={editable}
      formId="edit-key"
      busy={update.isPending}
      onEdit={edit}
      onClose={onClose}
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
    </KeySheetFrame>
  );
}
