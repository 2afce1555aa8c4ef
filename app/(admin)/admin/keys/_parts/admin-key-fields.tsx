"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { accountsQuery } from "@/lib/client/queries/accounts";
import { groupsQuery } from "@/lib/client/queries/groups";
import type { AdminUpdateKeyBody, Key } from "@/lib/contracts/keys";
import { isId } from "@/lib/shared/ids";
import { Checkbox } from "@/lib/ui/primitives/checkbox";
import { Field } from "@/lib/ui/primitives/field";
import { Select } from "@/lib/ui/primitives/select";

/** What only an admin sets on a key. */
export interface AdminKeyValues {
  /** The account or group that serves it; "" for the shared pool. */
  bindingId: string;
  fallback: boolean;
  ownerMayEdit: boolean;
}

/** The admin's part of a key as the form shows it. */
export function fromKey({ binding, ownerMayEdit }: Key): AdminKeyValues {
  return {
    bindingId: binding?.id ?? "",
    fallback: binding?.fallback ?? false,
    ownerMayEdit,
  };
}

/** The same as the API takes it: an id says whether it names a group or an account. */
export function toAdminBody({
  bindingId,
  fallback,
  ownerMayEdit,
}: AdminKeyValues): Pick<AdminUpdateKeyBody, "binding" | "ownerMayEdit"> {
  if (bindingId === "") return { binding: null, ownerMayEdit };
  const kind = isId("group", bindingId) ? "group" : "account";
  return { binding: { kind, id: bindingId, fallback }, ownerMayEdit };
}

interface AdminKeyFieldsProps {
  apiKey: Key;
  values: AdminKeyValues;
  onChange: (values: AdminKeyValues) => void;
}

/** Radix keeps "" for "nothing chosen". */
const SHARED = "shared-pool";

/** Which account serves a key, and whether its owner may change it. */
export function AdminKeyFields({ apiKey, values, onChange }: AdminKeyFieldsProps) {
  const t = useTranslations("adminKeys.form");
  const { data: accounts = [] } = useQuery(accountsQuery);
  const { data: groups = [] } = useQuery(groupsQuery);
  const bound = apiKey.binding;
  const isListed = [...accounts, ...groups].some(({ id }) => id === bound?.id);
  const unlisted = bound && !isListed ? [bound.id] : [];
  const choices = [
    { value: SHARED, label: t("sharedPool") },
    ...groups.map(({ id, name, members }) => ({
      value: id,
      label: name,
      help: t("groupOf", { count: members.length }),
    })),
    ...accounts.map(({ id, name, providerLabel }) => ({
      value: id,
      label: name,
      help: providerLabel,
    })),
    ...unlisted.map((id) => ({ value: id, label: id })),
  ];
  return (
    <fieldset className="flex flex-col gap-4 border-line border-t pt-5">
      <legend className="sr-only">{t("legend")}</legend>
      <Field label={t("binding")} help={t("bindingHelp")}>
        {(control) => (
          <Select
            {...control}
            value={values.bindingId || SHARED}
            onValueChange={(id) => onChange({ ...values, bindingId: id === SHARED ? "" : id })}
            choices={choices}
          />
        )}
      </Field>
      {values.bindingId === "" ? null : (
        <Field label={t("fallback")} help={t("fallbackHelp")} inline>
          {(control) => (
            <Checkbox
              {...control}
              checked={values.fallback}
              onCheckedChange={(on) => onChange({ ...values, fallback: on === true })}
            />
          )}
        </Field>
      )}
      <Field label={t("ownerMayEdit")} inline>
        {(control) => (
          <Checkbox
            {...control}
            checked={values.ownerMayEdit}
            onCheckedChange={(on) => onChange({ ...values, ownerMayEdit: on === true })}
          />
        )}
      </Field>
    </fieldset>
  );
}
