"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ApiError } from "@/lib/client/api";
import { useDeleteGroup, useSaveGroup } from "@/lib/client/hooks/groups";
import type { Group } from "@/lib/contracts/groups";
import { Button } from "@/lib/ui/primitives/button";
import { ConfirmDialog } from "@/lib/ui/primitives/confirm-dialog";
import { Field } from "@/lib/ui/primitives/field";
import { Input } from "@/lib/ui/primitives/input";
import { Sheet } from "@/lib/ui/primitives/sheet";
import { Textarea } from "@/lib/ui/primitives/textarea";
import { toast } from "@/lib/ui/primitives/toaster";
import { useFailureText } from "../../../../_parts/use-failure-text";
import { fromGroup, type GroupValues, toBody } from "./group-values";
import { MemberPicker } from "./member-picker";

interface GroupSheetProps {
  /** The group to change; null makes one. */
  group: Group | null;
  onClose: () => void;
}

/** A group's name and members. */
export function GroupSheet({ group, onClose }: GroupSheetProps) {
  const t = useTranslations("adminGroups");
  const common = useTranslations("common");
  const failureText = useFailureText();
  const [values, setValues] = useState<GroupValues>(fromGroup(group));
  const [asked, setAsked] = useState(false);
  const save = useSaveGroup(group?.id ?? null);
  const missing = asked && values.name.trim() === "";
  const taken = save.error instanceof ApiError && save.error.code === "conflict";
  const failure = save.error && !taken ? failureText(save.error) : null;
  const nameProblem = () => {
    if (missing) return t("wrong.name");
    return taken ? t("wrong.taken") : undefined;
  };
  const submit = () => {
    setAsked(true);
    if (values.name.trim() === "") return;
    save.mutate(toBody(values), {
      onSuccess: ({ name }) => {
        toast.done(t("saved", { name }));
        onClose();
      },
    });
  };
  return (
    <Sheet
      title={group ? group.name : t("add")}
      purpose={t("sheetPurpose")}
      open
      onOpenChange={(open) => !open && onClose()}
      actions={
        <>
          {group ? <DeleteGroup group={group} onGone={onClose} /> : null}
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button look="primary" type="submit" form="group-form" busy={save.isPending}>
            {common("save")}
          </Button>
        </>
      }
    >
      <form
        id="group-form"
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {failure ? (
          <p role="alert" className="text-bad text-sm">
            {failure}
          </p>
        ) : null}
        <Field label={t("name")} error={nameProblem()}>
          {(control) => (
            <Input
              {...control}
              value={values.name}
              maxLength={100}
              autoComplete="off"
              onChange={(event) => setValues({ ...values, name: event.target.value })}
            />
          )}
        </Field>
        <MemberPicker
          members={values.members}
          onChange={(members) => setValues({ ...values, members })}
        />
        <Field label={t("note")} optional>
          {(control) => (
            <Textarea
              {...control}
              rows={2}
              maxLength={2000}
              value={values.note}
              onChange={(event) => setValues({ ...values, note: event.target.value })}
            />
          )}
        </Field>
      </form>
    </Sheet>
  );
}

function DeleteGroup({ group, onGone }: { group: Group; onGone: () => void }) {
  const t = useTranslations("adminGroups");
  const failureText = useFailureText();
  const remove = useDeleteGroup();
  const { id, name, keys } = group;
  const confirm = async () => {
    try {
      await remove.mutateAsync(id);
      toast.done(t("removed", { name }));
      onGone();
    } catch (error) {
      toast.failed(failureText(error, { conflict: t("inUse", { count: keys }) }));
    }
  };
  return (
    <ConfirmDialog
      title={t("remove.title", { name })}
      body={keys > 0 ? t("inUse", { count: keys }) : t("remove.body")}
      verb={t("remove.verb")}
      onConfirm={confirm}
      trigger={<Button className="me-auto">{t("remove.verb")}</Button>}
    />
  );
}
