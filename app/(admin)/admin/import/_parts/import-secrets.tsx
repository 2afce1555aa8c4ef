"use client";
import { useTranslations } from "next-intl";
import { Field } from "@/lib/ui/primitives/field";
import { Fold } from "@/lib/ui/primitives/fold";
import { PasswordInput } from "../../../../_parts/password-input";
import { OwnerField } from "../../keys/_parts/owner-field";
import type { ImportPartProps } from "./import-source";

/** What opens the other portal's secrets, and whose its keys become. A running portal tells no sealed ones. */
export function ImportSecrets({ values, onChange, problemOf }: ImportPartProps) {
  const t = useTranslations("adminImport");
  return (
    <>
      {values.kind === "file" ? (
        <Field label={t("pepper")} help={t("pepperHelp")} optional error={problemOf("pepper")}>
          {(control) => (
            <PasswordInput
              {...control}
              mono
              value={values.pepper}
              autoComplete="off"
              onChange={(event) => onChange({ pepper: event.target.value })}
            />
          )}
        </Field>
      ) : null}
      {values.kind === "file" ? (
        <OwnerField
          label={t("owner")}
          help={t("ownerHelp")}
          value={values.ownerId}
          onChange={(ownerId) => onChange({ ownerId })}
          error={undefined}
        />
      ) : null}
      <Fold title={t("antigravity")} open={values.antigravitySecret !== ""}>
        <Field label={t("antigravity")} help={t("antigravityHelp")} optional>
          {(control) => (
            <PasswordInput
              {...control}
              mono
              value={values.antigravitySecret}
              autoComplete="off"
              onChange={(event) => onChange({ antigravitySecret: event.target.value })}
            />
          )}
        </Field>
      </Fold>
    </>
  );
}
