"use client";
import { useTranslations } from "next-intl";
import { Controller } from "react-hook-form";
import { FACES } from "@/lib/shared/faces";
import { Checkbox } from "@/lib/ui/primitives/checkbox";
import { Field } from "@/lib/ui/primitives/field";
import { Select } from "@/lib/ui/primitives/select";
import { Textarea } from "@/lib/ui/primitives/textarea";
import { type KeyPartProps, TextField } from "./key-text-field";

const MODES = ["all", "allow", "deny"] as const;

/** What a key opens and for whom, and what its owner wants to remember about it. */
export function AccessFields(props: KeyPartProps) {
  const t = useTranslations("keys.form");
  const mode = props.form.watch("modelMode");
  return (
    <>
      <FaceBoxes {...props} />
      <Field label={t("models")}>
        {(control) => (
          <Controller
            control={props.form.control}
            name="modelMode"
            render={({ field }) => (
              <Select
                {...control}
                value={field.value}
                onValueChange={field.onChange}
                choices={MODES.map((value) => ({ value, label: t(`modelModes.${value}`) }))}
              />
            )}
          />
        )}
      </Field>
      {mode === "all" ? null : (
        <Lines
          {...props}
          field="modelPatterns"
          label={t("modelPatterns")}
          help={t("modelPatternsHelp")}
        />
      )}
      <Lines {...props} field="modelMap" label={t("modelMap")} help={t("modelMapHelp")} />
      <Lines {...props} field="clients" label={t("clients")} help={t("clientsHelp")} />
      <Lines {...props} field="addresses" label={t("addresses")} help={t("addressesHelp")} />
      <TextField {...props} field="tags" label={t("tags")} />
      <TextField {...props} field="note" label={t("note")}>
        {(control) => <Textarea {...control} {...props.form.register("note")} />}
      </TextField>
    </>
  );
}

function FaceBoxes({ form }: KeyPartProps) {
  const t = useTranslations("keys.form");
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium">{t("faces")}</legend>
      <Controller
        control={form.control}
        name="faces"
        render={({ field }) => (
          <div className="flex flex-wrap gap-x-6 gap-y-2">
            {FACES.map((face) => (
              <Field key={face} label={t(`faceNames.${face}`)} inline>
                {(control) => (
                  <Checkbox
                    {...control}
                    checked={field.value.includes(face)}
                    onCheckedChange={(checked) =>
                      field.onChange(
                        checked === true
                          ? [...field.value, face]
                          : field.value.filter((one) => one !== face),
                      )
                    }
                  />
                )}
              </Field>
            ))}
          </div>
        )}
      />
      <p className="text-ink-muted text-sm">{t("facesHelp")}</p>
    </fieldset>
  );
}

interface LinesProps extends KeyPartProps {
  field: "modelPatterns" | "modelMap" | "clients" | "addresses";
  label: string;
  help: string;
}

function Lines({ field, label, help, ...props }: LinesProps) {
  return (
    <TextField {...props} field={field} label={label} help={help}>
      {(control) => (
        <Textarea
          {...control}
          {...props.form.register(field)}
          mono
          rows={2}
          spellCheck={false}
          className="min-h-16"
        />
      )}
    </TextField>
  );
}
