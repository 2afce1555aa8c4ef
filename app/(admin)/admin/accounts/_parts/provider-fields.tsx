"use client";
import { useTranslations } from "next-intl";
import { Controller } from "react-hook-form";
import type { Account, FormField, ProviderForm } from "@/lib/contracts/accounts";
import { Checkbox } from "@/lib/ui/primitives/checkbox";
import { Field, type FieldControl } from "@/lib/ui/primitives/field";
import { Fold } from "@/lib/ui/primitives/fold";
import { Input } from "@/lib/ui/primitives/input";
import { Select } from "@/lib/ui/primitives/select";
import { PasswordInput } from "../../../../_parts/password-input";
import { leadsElsewhere } from "./account-form-values";
import { type AccountForm, controlId, type FormPartProps } from "./form-part";
import { useProviderWords } from "./provider-words";
import { RefusedAddress } from "./refused-address";

interface ProviderFieldsProps extends FormPartProps {
  provider: ProviderForm;
  /** The account being changed; null for a new one. */
  account: Account | null;
  /** Paths that the server refused. */
  refused: readonly string[];
}

/** The fields that a kind of account asks for, drawn from its own description; rare ones folded. */
export function ProviderFields(props: ProviderFieldsProps) {
  const t = useTranslations("signIns");
  const { provider, refused } = props;
  const rare = provider.settings.filter(({ advanced }) => advanced);
  return (
    <>
      <Settings {...props} fields={provider.settings.filter(({ advanced }) => !advanced)} />
      {provider.secret.map((field) => (
        <OneField key={field.name} {...props} part="secret" field={field} />
      ))}
      {rare.length > 0 ? (
        <Fold
          title={t("addresses")}
          open={rare.some(({ name }) => refused.includes(`settings.${name}`))}
        >
          <Settings {...props} fields={rare} />
        </Fold>
      ) : null}
    </>
  );
}

function Settings({ fields, ...props }: ProviderFieldsProps & { fields: readonly FormField[] }) {
  const { form, refused } = props;
  return fields.map((field) => (
    <div key={field.name} className="flex flex-col gap-3">
      <OneField {...props} part="settings" field={field} />
      {field.kind === "url" && refused.includes(`settings.${field.name}`) ? (
        <RefusedAddress
          address={String(form.watch(`settings.${field.name}`) ?? "")}
          accountName={form.watch("name")}
        />
      ) : null}
    </div>
  ));
}

interface OneFieldProps extends ProviderFieldsProps {
  part: "settings" | "secret";
  field: FormField;
}

function OneField({ part, field, ...props }: OneFieldProps) {
  const { provider, form, problemOf, account } = props;
  const words = useProviderWords(provider.id, field);
  const path = `${part}.${field.name}` as const;
  const keeps = useKeepText(provider, account, form);
  const help = part === "secret" ? (keeps ?? words.help) : words.help;
  return (
    <Field
      id={controlId(path)}
      label={words.label}
      help={help}
      optional={!field.required && field.default === null}
      inline={field.kind === "boolean"}
      error={problemOf(path)}
    >
      {(control) => <Control form={form} path={path} field={field} control={control} />}
    </Field>
  );
}

/** What is said about a stored secret; null when there is none. */
function useKeepText(provider: ProviderForm, account: Account | null, form: AccountForm) {
  const t = useTranslations("adminAccounts.form");
  const settings = form.watch("settings");
  if (!account) return null;
  if (leadsElsewhere(provider, account, settings)) return t("newHost");
  return account.secretHint ? t("keepSecret", { hint: account.secretHint }) : t("keepSecretBare");
}

interface ControlProps {
  form: AccountForm;
  path: `${"settings" | "secret"}.${string}`;
  field: FormField;
  control: FieldControl;
}

function Control({ form, path, field, control }: ControlProps) {
  if (field.kind === "boolean") {
    return (
      <Controller
        control={form.control}
        name={path}
        render={({ field: { value, onChange } }) => (
          <Checkbox {...control} checked={value === true} onCheckedChange={onChange} />
        )}
      />
    );
  }
  if (field.kind === "select") {
    return (
      <Controller
        control={form.control}
        name={path}
        render={({ field: { value, onChange } }) => (
          <Select
            {...control}
            value={String(value ?? "")}
            onValueChange={onChange}
            choices={field.options.map((option) => ({ value: option, label: option }))}
          />
        )}
      />
    );
  }
  // Browsers must not offer the admin's own password for a provider's key.
  if (field.kind === "secret") {
    return <PasswordInput {...control} {...form.register(path)} autoComplete="new-password" mono />;
  }
  return (
    <Input
      {...control}
      {...form.register(path)}
      mono={field.kind === "url"}
      inputMode={field.kind === "url" ? "url" : undefined}
      placeholder={field.default === null ? undefined : String(field.default)}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
