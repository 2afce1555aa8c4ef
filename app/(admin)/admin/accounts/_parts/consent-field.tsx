"use client";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Checkbox } from "@/lib/ui/primitives/checkbox";
import { Field } from "@/lib/ui/primitives/field";
import { IconButton } from "@/lib/ui/primitives/icon-button";
import { OwnerField } from "../../keys/_parts/owner-field";
import type { FormPartProps } from "./form-part";

/** Whose keys an account serves, as its owner has agreed to. */
export function ConsentField({ form }: Pick<FormPartProps, "form">) {
  const t = useTranslations("adminAccounts.form");
  const people = form.watch("consent");
  const set = (next: typeof people) => form.setValue("consent", next, { shouldDirty: true });
  const add = (id: string, name: string) => {
    const others = (people ?? []).filter((one) => one.id !== id);
    set([...others, { id, name }]);
  };
  return (
    <div className="flex flex-col gap-3">
      <Field label={t("consent")} help={t("consentHelp")} inline>
        {(control) => (
          <Checkbox
            {...control}
            checked={people !== null}
            onCheckedChange={(on) => set(on === true ? [] : null)}
          />
        )}
      </Field>
      {people === null ? null : (
        <div className="flex flex-col gap-3 border-line border-s-2 ps-4">
          {people.length === 0 ? <p className="text-sm text-warn">{t("consentNobody")}</p> : null}
          <ul className="flex flex-col">
            {people.map(({ id, name }) => (
              <li key={id} className="flex items-center justify-between gap-3 py-1">
                {name}
                <IconButton
                  icon={X}
                  size="sm"
                  label={t("consentRemove", { name })}
                  onClick={() => set(people.filter((one) => one.id !== id))}
                />
              </li>
            ))}
          </ul>
          <OwnerField label={t("consentAdd")} help="" value="" onChange={add} error={undefined} />
        </div>
      )}
    </div>
  );
}
