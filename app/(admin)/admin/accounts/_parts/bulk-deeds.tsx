"use client";
import { useQuery } from "@tanstack/react-query";
import {
  Layers,
  ListOrdered,
  LogOut,
  MoreHorizontal,
  Pause,
  Play,
  RotateCcw,
  Trash2,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useChangeAccounts } from "@/lib/client/hooks/accounts";
import { groupsQuery } from "@/lib/client/queries/groups";
import type { Account } from "@/lib/contracts/accounts";
import type { BulkAccountsBody } from "@/lib/contracts/bulk-accounts";
import { Button } from "@/lib/ui/primitives/button";
import { ConfirmDialog } from "@/lib/ui/primitives/confirm-dialog";
import { Dialog } from "@/lib/ui/primitives/dialog";
import { Field } from "@/lib/ui/primitives/field";
import { IconButton } from "@/lib/ui/primitives/icon-button";
import { Input } from "@/lib/ui/primitives/input";
import { Menu, MenuItem, MenuLine } from "@/lib/ui/primitives/menu";
import { Select } from "@/lib/ui/primitives/select";
import { toast } from "@/lib/ui/primitives/toaster";
import { useFailureText } from "../../../../_parts/use-failure-text";

interface BulkDeedsProps {
  accounts: readonly Account[];
  onDone: () => void;
}

/** What can be done with all selected accounts at once. */
export function BulkDeeds({ accounts, onDone }: BulkDeedsProps) {
  const t = useTranslations("adminAccounts");
  const [asked, setAsked] = useState<"priority" | "group" | "delete" | null>(null);
  const { run, busy } = useBulk(accounts, onDone);
  const close = () => setAsked(null);
  return (
    <>
      <Button size="sm" busy={busy} onClick={() => run({ deed: "pause" })}>
        <Pause aria-hidden="true" />
        {t("pause")}
      </Button>
      <Button size="sm" onClick={() => run({ deed: "resume" })}>
        <Play aria-hidden="true" />
        {t("resume")}
      </Button>
      <Menu trigger={<IconButton icon={MoreHorizontal} label={t("bulk.more")} size="sm" />}>
        <MenuItem icon={LogOut} onSelect={() => run({ deed: "drain" })}>
          {t("drain")}
        </MenuItem>
        <MenuItem icon={RotateCcw} onSelect={() => run({ deed: "reset-state" })}>
          {t("reset")}
        </MenuItem>
        <MenuItem icon={ListOrdered} onSelect={() => setAsked("priority")}>
          {t("bulk.priority")}
        </MenuItem>
        <MenuItem icon={Layers} onSelect={() => setAsked("group")}>
          {t("bulk.group")}
        </MenuItem>
        <MenuLine />
        <MenuItem icon={Trash2} danger onSelect={() => setAsked("delete")}>
          {t("remove.verb")}
        </MenuItem>
      </Menu>
      {asked === "priority" ? <PriorityDialog onClose={close} onRun={run} /> : null}
      {asked === "group" ? <GroupDialog onClose={close} onRun={run} /> : null}
      <ConfirmDialog
        open={asked === "delete"}
        onOpenChange={(open) => !open && close()}
        title={t("bulk.removeTitle", { count: accounts.length })}
        body={t("remove.body")}
        verb={t("remove.verb")}
        onConfirm={() => run({ deed: "delete" })}
      />
    </>
  );
}

type Deed = Omit<BulkAccountsBody, "ids">;

function useBulk(accounts: readonly Account[], onDone: () => void) {
  const t = useTranslations("adminAccounts.bulk");
  const failureText = useFailureText();
  const change = useChangeAccounts();
  const run = async (deed: Deed) => {
    try {
      const { done, failed } = await change.mutateAsync({
        ids: accounts.map(({ id }) => id),
        ...deed,
      });
      if (done.length > 0) toast.done(t("done", { count: done.length }));
      const [first] = failed;
      if (first) toast.failed(t("failed", { count: failed.length, reason: first.reason }));
      onDone();
    } catch (error) {
      toast.failed(failureText(error));
    }
  };
  return { run, busy: change.isPending };
}

interface DeedDialogProps {
  onClose: () => void;
  onRun: (deed: Deed) => Promise<void>;
}

function PriorityDialog({ onClose, onRun }: DeedDialogProps) {
  const t = useTranslations("adminAccounts");
  const [text, setText] = useState("50");
  const [asked, setAsked] = useState(false);
  const priority = Number(text.trim() || Number.NaN);
  const fits = Number.isInteger(priority) && priority >= 1 && priority <= 100;
  const submit = () => {
    setAsked(true);
    if (fits) void onRun({ deed: "priority", priority }).then(onClose);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("bulk.priority")}
      actions={
        <Button look="primary" onClick={submit}>
          {t("bulk.priority")}
        </Button>
      }
    >
      <Field
        label={t("bulk.priorityLabel")}
        error={asked && !fits ? t("wrong.priority") : undefined}
      >
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  );
}

function GroupDialog({ onClose, onRun }: DeedDialogProps) {
  const t = useTranslations("adminAccounts.bulk");
  const groups = useTranslations("adminGroups");
  const { data = [] } = useQuery(groupsQuery);
  const [groupId, setGroupId] = useState("");
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("group")}
      actions={
        <Button
          look="primary"
          disabled={groupId === ""}
          onClick={() => void onRun({ deed: "group", groupId }).then(onClose)}
        >
          {t("group")}
        </Button>
      }
    >
      <Field label={t("groupLabel")} help={data.length === 0 ? groups("empty.title") : undefined}>
        {(control) => (
          <Select
            {...control}
            value={groupId}
            onValueChange={setGroupId}
            choices={data.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
      </Field>
    </Dialog>
  );
}
