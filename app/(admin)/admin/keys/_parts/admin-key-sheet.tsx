"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAdminUpdateKey } from "@/lib/client/hooks/keys";
import type { CreateKeyBody, Key } from "@/lib/contracts/keys";
import { Button } from "@/lib/ui/primitives/button";
import { Sheet } from "@/lib/ui/primitives/sheet";
import { toast } from "@/lib/ui/primitives/toaster";
import { KeyDetails } from "../../../../(portal)/keys/_parts/key-details";
import { KeyForm } from "../../../../(portal)/keys/_parts/key-form";
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
  const common = useTranslations("common");
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
      { id: apiKey.id, ...body, ...toAdminBody(values, apiKey) },
      {
        onSuccess: ({ name }) => {
          toast.done(t("saved", { name }));
          onEdit(false);
        },
      },
    );
  const forming = editing && editable;
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={forming ? t("form.editTitle", { name: apiKey.name }) : apiKey.name}
      purpose={<code className="font-mono text-xs">{apiKey.start}…</code>}
      actions={
        forming ? (
          <>
            <Button onClick={() => edit(false)}>{common("cancel")}</Button>
            <Button type="submit" form="edit-any-key" look="primary" busy={update.isPending}>
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
    </Sheet>
  );
}
