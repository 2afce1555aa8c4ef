"use client";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useDeferredValue, useState } from "react";
import { Controller } from "react-hook-form";
import { allKeysQuery } from "@/lib/client/queries/keys";
import type { Account } from "@/lib/contracts/accounts";
import { Button } from "@/lib/ui/primitives/button";
import { Checkbox } from "@/lib/ui/primitives/checkbox";
import { Field } from "@/lib/ui/primitives/field";
import { Input } from "@/lib/ui/primitives/input";
import { Select } from "@/lib/ui/primitives/select";
import { type AccountForm, controlId, type FormPartProps } from "./form-part";

interface ReturnKeyProps extends FormPartProps {
  account: Account | null;
}

/** Marks an account as a router that calls this portal again, and names the key that it does so with. */
export function ReturnKey({ form, problemOf, account }: ReturnKeyProps) {
  const t = useTranslations("adminAccounts.form");
  const leadsBack = form.watch("leadsBack");
  return (
    <div className="flex flex-col gap-3">
      <Field label={t("leadsBack")} help={t("leadsBackHelp")} inline>
        {(control) => (
          <Controller
            control={form.control}
            name="leadsBack"
            render={({ field: { value, onChange } }) => (
              <Checkbox {...control} checked={value} onCheckedChange={onChange} />
            )}
          />
        )}
      </Field>
      {leadsBack ? (
        <KeyChoice form={form} problem={problemOf("returnKeyId")} account={account} />
      ) : null}
    </div>
  );
}

interface KeyChoiceProps {
  form: AccountForm;
  problem: string | undefined;
  account: Account | null;
}

function KeyChoice({ form, problem, account }: KeyChoiceProps) {
  const t = useTranslations("adminAccounts.form");
  const [typed, setTyped] = useState("");
  const search = useDeferredValue(typed.trim());
  const keys = useInfiniteQuery({
    ...allKeysQuery(search ? { search } : {}),
    placeholderData: keepPreviousData,
  });
  const found = (keys.data?.pages ?? []).flatMap((page) => page.items);
  const choices = [
    ...storedChoice(account, found),
    ...found
      .filter(({ state }) => state !== "revoked")
      .map(({ id, name, start, owner }) => ({
        value: id,
        label: `${name} (${start}…)`,
        help: owner?.name,
      })),
  ];
  return (
    <div className="flex flex-col gap-2 ps-6.5">
      <Field
        id={controlId("returnKeyId")}
        label={t("returnKey")}
        help={choices.length === 0 && keys.isSuccess ? t("noKeys") : t("returnKeyHelp")}
        error={problem}
      >
        {(control) => (
          <Controller
            control={form.control}
            name="returnKeyId"
            render={({ field: { value, onChange } }) => (
              <Select
                {...control}
                value={value}
                onValueChange={onChange}
                placeholder={t("pickKey")}
                choices={choices}
              />
            )}
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center gap-2">
        <Input
          type="search"
          size="sm"
          aria-label={t("findKey")}
          placeholder={t("findKey")}
          className="w-full sm:w-64"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={withoutSubmit}
        />
        {keys.hasNextPage ? (
          <Button
            size="sm"
            busy={keys.isFetchingNextPage}
            onClick={() => void keys.fetchNextPage()}
          >
            {t("moreKeys")}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

/** The key that is set now, when it is not among the found ones. */
function storedChoice(account: Account | null, found: readonly { id: string }[]) {
  const key = account?.returnKey;
  if (!key || found.some(({ id }) => id === key.id)) return [];
  return [{ value: key.id, label: `${key.name} (${key.start}…)`, help: key.owner }];
}

/** The search is no field of the form around it. */
function withoutSubmit(event: KeyboardEvent) {
  if (event.key === "Enter") event.preventDefault();
}
