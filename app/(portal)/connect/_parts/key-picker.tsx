"use client";
import { useTranslations } from "next-intl";
import type { CreatedKey, Key } from "@/lib/contracts/keys";
import { Card } from "@/lib/ui/primitives/card";
import { Field } from "@/lib/ui/primitives/field";
import { Select } from "@/lib/ui/primitives/select";
import { CreateKey } from "../../keys/_parts/create-key";

interface KeyPickerProps {
  /** Keys that work now. */
  keys: readonly Key[];
  chosen: Key | null;
  /** The chosen key was made on this page, which therefore knows it in full. */
  fresh: boolean;
  onChoose: (id: string) => void;
  onMade: (made: CreatedKey) => void;
}

/** Which key the commands carry. */
export function KeyPicker({ keys, chosen, fresh, onChoose, onMade }: KeyPickerProps) {
  const t = useTranslations("connect");
  if (!chosen) {
    return (
      <Card>
        <div className="flex flex-wrap items-center justify-between gap-4">
          <p className="text-ink-muted">{t("noKey")}</p>
          <CreateKey onMade={onMade} />
        </div>
      </Card>
    );
  }
  const start = `${chosen.start}…`;
  return (
    <Card>
      <div className="flex flex-col gap-3 sm:flex-row sm:items-end">
        <Field label={t("chooseKey")} className="min-w-0 flex-1">
          {(control) => (
            <Select
              {...control}
              value={chosen.id}
              onValueChange={onChoose}
              choices={keys.map(({ id, name, start: begin }) => ({
                value: id,
                label: `${name} (${begin}…)`,
              }))}
            />
          )}
        </Field>
        <CreateKey look="secondary" onMade={onMade} />
      </div>
      <p className="mt-2 text-ink-muted text-sm">
        {fresh ? t("keyFilled") : t("keyHelp", { start })}
      </p>
    </Card>
  );
}
