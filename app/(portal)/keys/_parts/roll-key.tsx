"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useRollKey } from "@/lib/client/hooks/keys";
import type { CreatedKey, Key } from "@/lib/contracts/keys";
import { Button } from "@/lib/ui/primitives/button";
import { Dialog, DialogClose } from "@/lib/ui/primitives/dialog";
import { Field } from "@/lib/ui/primitives/field";
import { FormSummary } from "@/lib/ui/primitives/form-summary";
import { Select } from "@/lib/ui/primitives/select";
import { useFailureText } from "../../../_parts/use-failure-text";
import { KeyMade } from "./key-made";

const OVERLAPS = { now: 0, hour: 3_600, day: 86_400, week: 604_800 } as const;
type Overlap = keyof typeof OVERLAPS;
const CHOICES: readonly Overlap[] = ["now", "hour", "day", "week"];
const isOverlap = (text: string): text is Overlap => text in OVERLAPS;

interface RollKeyProps {
  apiKey: Key;
  onClose: () => void;
}

/** Gives a key a new secret, with an overlap in which the one before still works. */
export function RollKey({ apiKey, onClose }: RollKeyProps) {
  const t = useTranslations("keys.roll");
  const common = useTranslations("common");
  const failureText = useFailureText();
  const [overlap, setOverlap] = useState<Overlap>("day");
  const [made, setMade] = useState<CreatedKey | null>(null);
  const roll = useRollKey();
  const submit = () =>
    roll.mutate({ id: apiKey.id, overlapSeconds: OVERLAPS[overlap] }, { onSuccess: setMade });

  if (made) return <KeyMade made={made} rolled onClose={onClose} />;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("title", { name: apiKey.name })}
      purpose={t("purpose")}
      actions={
        <>
          <DialogClose>
            <Button>{common("cancel")}</Button>
          </DialogClose>
          <Button look="primary" busy={roll.isPending} onClick={submit}>
            {t("submit")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <FormSummary problems={roll.error ? [{ message: failureText(roll.error) }] : []} />
        <Field label={t("overlap")}>
          {(control) => (
            <Select
              {...control}
              value={overlap}
              onValueChange={(next) => isOverlap(next) && setOverlap(next)}
              choices={CHOICES.map((value) => ({ value, label: t(`overlaps.${value}`) }))}
            />
          )}
        </Field>
      </div>
    </Dialog>
  );
}
