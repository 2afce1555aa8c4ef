"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { accountsQuery } from "@/lib/client/queries/accounts";
import { Field } from "@/lib/ui/primitives/field";
import { IconButton } from "@/lib/ui/primitives/icon-button";
import { Input } from "@/lib/ui/primitives/input";
import { Select } from "@/lib/ui/primitives/select";
import { AccountState } from "../../accounts/_parts/account-state";
import type { MemberValues } from "./group-values";

interface MemberPickerProps {
  members: readonly MemberValues[];
  onChange: (members: readonly MemberValues[]) => void;
}

/** The accounts of a group with their weights, and one more to add. */
export function MemberPicker({ members, onChange }: MemberPickerProps) {
  const t = useTranslations("adminGroups");
  const { data: accounts } = useSuspenseQuery(accountsQuery);
  const isMember = (id: string) => members.some(({ accountId }) => accountId === id);
  const others = accounts.filter(({ id }) => !isMember(id));
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="pb-2 font-medium">{t("members")}</legend>
      {members.length === 0 ? <p className="text-ink-muted text-sm">{t("noMembers")}</p> : null}
      <ul className="flex flex-col">
        {members.map((member) => (
          <MemberLine
            key={member.accountId}
            member={member}
            account={accounts.find(({ id }) => id === member.accountId)}
            onWeight={(weight) =>
              onChange(
                members.map((one) =>
                  one.accountId === member.accountId ? { ...one, weight } : one,
                ),
              )
            }
            onRemove={() =>
              onChange(members.filter(({ accountId }) => accountId !== member.accountId))
            }
          />
        ))}
      </ul>
      <Field label={t("addMember")} help={t("weightHelp")}>
        {(control) => (
          <Select
            {...control}
            value=""
            placeholder={t("pickAccount")}
            onValueChange={(accountId) => onChange([...members, { accountId, weight: "1" }])}
            choices={others.map(({ id, name, providerLabel }) => ({
              value: id,
              label: name,
              help: providerLabel,
            }))}
          />
        )}
      </Field>
    </fieldset>
  );
}

interface MemberLineProps {
  member: MemberValues;
  account:
    | { name: string; providerLabel: string; state: Parameters<typeof AccountState>[0]["state"] }
    | undefined;
  onWeight: (weight: string) => void;
  onRemove: () => void;
}

function MemberLine({ member, account, onWeight, onRemove }: MemberLineProps) {
  const t = useTranslations("adminGroups");
  const name = account?.name ?? member.accountId;
  return (
    <li className="flex items-center gap-3 border-line border-b py-2 last:border-b-0">
      <div className="min-w-0 flex-1">
        <span className="block truncate font-medium">{name}</span>
        <span className="block truncate text-ink-muted text-xs">{account?.providerLabel}</span>
      </div>
      {account ? <AccountState state={account.state} /> : null}
      <Input
        aria-label={t("weightOf", { name })}
        size="sm"
        inputMode="numeric"
        className="w-16 text-end"
        value={member.weight}
        onChange={(event) => onWeight(event.target.value)}
      />
      <IconButton icon={X} size="sm" label={t("takeOut", { name })} onClick={onRemove} />
    </li>
  );
}
