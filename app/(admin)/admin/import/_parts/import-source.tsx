"use client";
import { useTranslations } from "next-intl";
import { Field } from "@/lib/ui/primitives/field";
import { Input } from "@/lib/ui/primitives/input";
import { PasswordInput } from "../../../../_parts/password-input";
import type { ImportValues } from "./import-values";

export interface ImportPartProps {
  values: ImportValues;
  onChange: (changes: Partial<ImportValues>) => void;
  /** The sentence below a wrong field. */
  problemOf: (field: string) => string | undefined;
}

/** The file, or the address and log-in of the other portal. */
export function ImportSource(props: ImportPartProps) {
  return props.values.kind === "file" ? <FromFile {...props} /> : <FromLive {...props} />;
}

function FromFile({ onChange, problemOf }: ImportPartProps) {
  const t = useTranslations("adminImport");
  return (
    <Field label={t("fileLabel")} help={t("fileHelp")} error={problemOf("file")}>
      {(control) => (
        <Input
          {...control}
          type="file"
          accept="application/json,.json"
          className="h-auto cursor-pointer py-1.5 file:me-3 file:rounded-sm file:border-0 file:bg-sunken file:px-2.5 file:py-1 file:font-medium file:text-ink"
          onChange={(event) => onChange({ file: event.target.files?.[0] ?? null })}
        />
      )}
    </Field>
  );
}

function FromLive({ values, onChange, problemOf }: ImportPartProps) {
  const t = useTranslations("adminImport");
  return (
    <>
      <Field label={t("url")} help={t("urlHelp")} error={problemOf("url")}>
        {(control) => (
          <Input
            {...control}
            mono
            value={values.url}
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onChange({ url: event.target.value })}
          />
        )}
      </Field>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={t("username")} error={problemOf("username")}>
          {(control) => (
            <Input
              {...control}
              value={values.username}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => onChange({ username: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("password")} help={t("passwordHelp")} error={problemOf("password")}>
          {(control) => (
            <PasswordInput
              {...control}
              value={values.password}
              autoComplete="off"
              onChange={(event) => onChange({ password: event.target.value })}
            />
          )}
        </Field>
      </div>
    </>
  );
}
