"use client";
import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useFieldArray } from "react-hook-form";
import type { ProviderForm } from "@/lib/contracts/accounts";
import { Button } from "@/lib/ui/primitives/button";
import { IconButton } from "@/lib/ui/primitives/icon-button";
import { Input } from "@/lib/ui/primitives/input";
import { controlId, type FormPartProps } from "./form-part";
import { MappingMisses } from "./mapping-misses";

interface MappingEditorProps extends FormPartProps {
  provider: ProviderForm;
}

/** The model mapping row by row, with what it would not serve of what was asked for lately. */
export function MappingEditor({ form, problemOf, provider }: MappingEditorProps) {
  const t = useTranslations("adminAccounts.form");
  const { fields, append, remove } = useFieldArray({ control: form.control, name: "modelMap" });
  const rows = form.watch("modelMap");
  const problem = problemOf("modelMap");
  return (
    <fieldset
      id={controlId("modelMap")}
      tabIndex={-1}
      aria-describedby={`${controlId("modelMap")}-help`}
      className="flex min-w-0 flex-col gap-3 outline-none"
    >
      <legend className="mb-1.5 font-medium">{t("mapping")}</legend>
      <p id={`${controlId("modelMap")}-help`} className="text-ink-muted text-sm">
        {t("mappingHelp")}
      </p>
      {fields.map((row, index) => (
        <div key={row.id} className="flex flex-col gap-1">
          <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] items-center gap-2">
            <Input
              {...form.register(`modelMap.${index}.from`)}
              mono
              size="sm"
              aria-label={`${t("asked")} ${index + 1}`}
              placeholder={t("asked")}
              autoComplete="off"
              spellCheck={false}
            />
            <Input
              {...form.register(`modelMap.${index}.to`)}
              mono
              size="sm"
              aria-label={`${t("sent")} ${index + 1}`}
              placeholder={t("sent")}
              autoComplete="off"
              spellCheck={false}
            />
            <IconButton
              icon={Trash2}
              size="sm"
              label={t("removeRow", { name: rows[index]?.from || t("thisRow") })}
              onClick={() => remove(index)}
            />
          </div>
          <FamilyHint from={rows[index]?.from ?? ""} all={rows} />
        </div>
      ))}
      {problem ? <p className="text-bad text-sm">{problem}</p> : null}
      <Button size="sm" className="self-start" onClick={() => append({ from: "", to: "" })}>
        <Plus aria-hidden="true" />
        {t("addRow")}
      </Button>
      <MappingMisses
        protocol={provider.protocol}
        rows={rows}
        onMap={(model) => append({ from: model, to: "" })}
      />
    </fieldset>
  );
}

const FAMILIES = ["opus", "sonnet", "haiku"] as const;

interface FamilyHintProps {
  from: string;
  all: readonly { from: string }[];
}

/** Says when a row serves more than the name that it holds. */
function FamilyHint({ from, all }: FamilyHintProps) {
  const t = useTranslations("adminAccounts.form");
  const name = from.toLowerCase();
  const family = FAMILIES.find((word) => name.includes(word) && name !== word);
  const hasOwnRow = all.some((row) => row.from.trim().toLowerCase() === family);
  if (!family || name.includes("*") || hasOwnRow) return null;
  return <p className="text-ink-muted text-xs">{t("familyHint", { family })}</p>;
}
