"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { Controller, useForm } from "react-hook-form";
import type { Account, ProviderForm } from "@/lib/contracts/accounts";
import { Checkbox } from "@/lib/ui/primitives/checkbox";
import { Field } from "@/lib/ui/primitives/field";
import { Fold } from "@/lib/ui/primitives/fold";
import { FormSummary } from "@/lib/ui/primitives/form-summary";
import { Select } from "@/lib/ui/primitives/select";
import { Textarea } from "@/lib/ui/primitives/textarea";
import { type AccountFormValues, accountFormShape, fromAccount } from "./account-form-values";
import { ConsentField } from "./consent-field";
import { type FormPartProps, TextField } from "./form-part";
import { MappingEditor } from "./mapping-editor";
import { ProviderFields } from "./provider-fields";
import { ProxyField } from "./proxy-field";
import { ReturnKey } from "./return-key";
import { useAccountProblems } from "./use-account-problems";

interface AccountFormProps {
  provider: ProviderForm;
  /** The account to change; null adds one. */
  account: Account | null;
  formId: string;
  error: unknown;
  onSubmit: (values: AccountFormValues) => void;
}

/** The form of an account of one kind. Its submit button stands where the form is shown. */
export function AccountForm({ provider, account, formId, error, onSubmit }: AccountFormProps) {
  const t = useTranslations("adminAccounts.form");
  const common = useTranslations("common");
  const form = useForm<AccountFormValues, unknown, AccountFormValues>({
    resolver: zodResolver(accountFormShape(provider, account)),
    defaultValues: fromAccount(provider, account),
  });
  const { problems, problemOf, refused } = useAccountProblems(provider, form, error);
  const part = { form, problemOf };
  return (
    <form
      id={formId}
      noValidate
      className="flex flex-col gap-5"
      onSubmit={form.handleSubmit(onSubmit)}
    >
      <FormSummary problems={problems} />
      <TextField {...part} field="name" label={t("name")} help={t("nameHelp")} />
      <ProviderFields {...part} provider={provider} account={account} refused={refused} />
      <MappingEditor {...part} provider={provider} />
      <ReturnKey {...part} account={account} />
      <Fold title={common("moreOptions")} open={account !== null}>
        <ChoiceFields {...part} />
        <TextField
          {...part}
          field="probeCron"
          label={t("probeCron")}
          help={t("probeCronHelp")}
          placeholder="0 */6 * * *"
          optional
        />
        <ConsentField form={form} />
        <RestFields {...part} />
        <ProxyField {...part} account={account} refused={refused.includes("proxy")} />
        <TextField {...part} field="note" label={t("note")} optional>
          {(control) => <Textarea {...control} {...form.register("note")} rows={2} />}
        </TextField>
      </Fold>
    </form>
  );
}

/** How its rests differ from the portal's own rules. */
function RestFields(props: FormPartProps) {
  const t = useTranslations("adminAccounts.form");
  const { form } = props;
  return (
    <>
      <TextField
        {...props}
        field="maxRestMinutes"
        label={t("maxRestMinutes")}
        placeholder={t("portalRule")}
        numeric
      />
      {(["ignoreLimits", "ignoreFailures"] as const).map((name) => (
        <Field key={name} label={t(name)} help={t(`${name}Help`)} inline>
          {(control) => (
            <Controller
              control={form.control}
              name={name}
              render={({ field: { value, onChange } }) => (
                <Checkbox {...control} checked={value} onCheckedChange={onChange} />
              )}
            />
          )}
        </Field>
      ))}
    </>
  );
}

const SHARINGS = ["shared", "dedicated", "group"] as const;

/** How the account takes part in the choice. */
function ChoiceFields(props: FormPartProps) {
  const t = useTranslations("adminAccounts");
  const { form } = props;
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          {...props}
          field="priority"
          label={t("form.priority")}
          help={t("form.priorityHelp")}
          numeric
        />
        <TextField
          {...props}
          field="weight"
          label={t("form.weight")}
          help={t("form.weightHelp")}
          numeric
        />
        <TextField
          {...props}
          field="maxConcurrency"
          label={t("form.maxConcurrency")}
          placeholder={t("form.noneRow")}
          numeric
        />
        <TextField
          {...props}
          field="pauseAtPercent"
          label={t("form.pauseAtPercent")}
          help={t("form.pauseAtPercentHelp")}
          placeholder={t("form.noneRow")}
          numeric
        />
        <TextField
          {...props}
          field="dailyQuota"
          label={t("form.dailyQuota")}
          help={t("form.dailyQuotaHelp")}
          placeholder={t("form.noneRow")}
          numeric
        />
        <TextField {...props} field="quotaResetHour" label={t("form.quotaResetHour")} numeric />
        <TextField {...props} field="planExpiresOn" label={t("form.planExpiresOn")} type="date" />
      </div>
      <Field label={t("form.sharing")} help={t(`sharingHelp.${form.watch("sharing")}`)}>
        {(control) => (
          <Controller
            control={form.control}
            name="sharing"
            render={({ field: { value, onChange } }) => (
              <Select
                {...control}
                value={value}
                onValueChange={onChange}
                choices={SHARINGS.map((one) => ({ value: one, label: t(`sharing.${one}`) }))}
              />
            )}
          />
        )}
      </Field>
      <Field label={t("form.schedulable")} help={t("form.schedulableHelp")} inline>
        {(control) => (
          <Controller
            control={form.control}
            name="schedulable"
            render={({ field: { value, onChange } }) => (
              <Checkbox {...control} checked={value} onCheckedChange={onChange} />
            )}
          />
        )}
      </Field>
    </>
  );
}
