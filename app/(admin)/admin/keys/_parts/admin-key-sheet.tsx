"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAdminUpdateKey } from "@/lib/client/hooks/keys";
import type { CreateKeyBody, Key } from "@/lib/contracts/keys";
import { toast } from "@/lib/ui/primitives/toaster";
import { KeyDetails } from "../../../../(portal)/keys/_parts/key-details";
import { KeyForm } from "../../../../(portal)/keys/_parts/key-form";
import { KeySheetFrame } from "../../../../(portal)/keys/_parts/key-sheet-frame";
import { AdminKeyFacts } from "./admin-key-facts";
import { AdminKeyFields, type AdminKeyValues, fromKey, toAdminBody } from "./admin-key-fields";

interface AdminKeySheetProps {
  apiKey: Key;
  editing: boolean;
  onEdit: (editing: boolean) => void;
  onClose: () => void;
}

/** Anybody's key beside the list, with what only an admin sets: its account, and who may change it. */
export function AdminKeySheet({ apiKey, editing, onEdit, onClose }: AdminKeySheetProps) {
  const t = useTranslations("keys");
  const update = useAdminUpdateKey();
  const [values, setValues] = useState<AdminKeyValues>(() => fromKey(apiKey));
  const editable = apiKey.state !== "revoked";
  const edit = (on: boolean) => {
    update.reset();
    setValues(fromKey(apiKey));
    onEdit(on);
  };
  const save = (body: CreateKeyBody) =>
    update.mutate(
      { id: apiKey.id, ...body, ...toAdminBody(values) },
      {
        onSuccess: ({ name }) => {
          toast.done(t("saved", { name }));
          onEdit(false);
        },
      },
    );
  const forming = editing && editable;
  return (
    <KeySheetFrame
      apiKey={apiKey}
      title={forming ? t("form.editTitle", { name: apiKey.name }) : apiKey.name}
      forming={forming}
      editable={editable}
      formId="edit-any-key"
      busy={update.isPending}
      onEdit={edit}
      onClose={onClose}
    >
      <div className="flex flex-col gap-6">
        {forming ? (
          <>
            <KeyForm apiKey={apiKey} formId="edit-any-key" error={update.error} onSubmit={save} />
            <AdminKeyFields apiKey={apiKey} values={values} onChange={setValues} />
          </>
        ) : (
          <>
            <AdminKeyFacts apiKey={apiKey} />
            <KeyDetails apiKey={apiKey} />
          </>
        )}
      </div>
    </KeySheetFrame>
  );
}
