"use client";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { usersQuery } from "@/lib/client/queries/users";
import { Field } from "@/lib/ui/primitives/field";
import { FilterSearch } from "@/lib/ui/primitives/filters";
import { Select } from "@/lib/ui/primitives/select";

interface OwnerFieldProps {
  value: string;
  onChange: (id: string, name: string) => void;
  error: string | undefined;
  label?: string;
  help?: string;
}

/** Chooses a user among those that a search finds. */
export function OwnerField({ value, onChange, error, label, help }: OwnerFieldProps) {
  const t = useTranslations("adminKeys");
  const [search, setSearch] = useState("");
  const users = useInfiniteQuery({
    ...usersQuery(search ? { search } : {}),
    placeholderData: keepPreviousData,
  });
  const found = (users.data?.pages ?? []).flatMap((page) => page.items);
  return (
    <div className="flex flex-col gap-3">
      <div className="flex">
        <FilterSearch label={t("findOwner")} value={search} onChange={setSearch} />
      </div>
      <Field
        label={label ?? t("owner")}
        help={users.isSuccess && found.length === 0 ? t("noUsers") : (help ?? t("ownerHelp"))}
        error={error}
      >
        {(control) => (
          <Select
            {...control}
            value={value}
            onValueChange={(id) => onChange(id, found.find((user) => user.id === id)?.name ?? id)}
            placeholder={t("pickOwner")}
            choices={found.map(({ id, name, email }) => ({ value: id, label: name, help: email }))}
          />
        )}
      </Field>
    </div>
  );
}
