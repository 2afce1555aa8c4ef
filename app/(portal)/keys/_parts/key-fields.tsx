"use client";
import { useTranslations } from "next-intl";
import { Controller } from "react-hook-form";
import { Field } from "@/lib/ui/primitives/field";
import { Fold } from "@/lib/ui/primitives/fold";
import { Select } from "@/lib/ui/primitives/select";
import { AccessFields } from "./access-fields";
import { type KeyPartProps, TextField } from "./key-text-field";

interface KeyFieldsProps extends KeyPartProps {
  /** Unfolds everything: when a key is edited. */
  open: boolean;
}

/** All that can be set on a key: the name and a daily limit at once, the rest folded. */
export function KeyFields({ form, problemOf, open }: KeyFieldsProps) {
  const t = useTranslations("keys.form");
  const common = useTranslations("common");
  const text = { form, problemOf };
  return (
    <>
      <TextField {...text} field="name" label={t("name")} help={t("nameHelp")} />
      <TextField
        {...text}
        field="daily"
        label={t("dailyLimit")}
        help={t("dailyHelp")}
        placeholder={t("noLimit")}
        decimal
        optional
      />
      <Fold title={open ? t("limits") : common("moreOptions")} open={open}>
        <LimitFields {...text} />
        <ExpiryFields {...text} />
        <AccessFields {...text} />
      </Fold>
    </>
  );
}

function LimitFields(props: KeyPartProps) {
  const t = useTranslations("keys.form");
  const none = { placeholder: t("noLimit"), decimal: true };
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField {...props} {...none} field="weekly" label={t("weekly")} />
      <TextField {...props} {...none} field="monthly" label={t("monthly")} />
      <TextField {...props} {...none} field="total" label={t("total")} />
      <TextField {...props} {...none} field="concurrency" label={t("concurrency")} />
      <TextField {...props} {...none} field="rateRequests" label={t("rateRequests")} />
      <TextField {...props} {...none} field="rateSeconds" label={t("rateSeconds")} />
    </div>
  );
}

const EXPIRIES = ["never", "date", "lifetime"] as const;

function ExpiryFields(props: KeyPartProps) {
  const t = useTranslations("keys.form");
  const { form } = props;
  const expires = form.watch("expires");
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t("expires")}>
        {(control) => (
          <Controller
            control={form.control}
            name="expires"
            render={({ field }) => (
              <Select
                {...control}
                value={field.value}
                onValueChange={field.onChange}
                choices={EXPIRIES.map((value) => ({ value, label: t(`expireChoices.${value}`) }))}
              />
            )}
          />
        )}
      </Field>
      {expires === "date" ? (
        <TextField {...props} field="expiresOn" label={t("expiresOn")} type="date" />
      ) : null}
      {expires === "lifetime" ? (
        <TextField {...props} field="lifetimeDays" label={t("lifetimeDays")} decimal />
      ) : null}
    </div>
  );
}
