"use client";
import type { ReactNode } from "react";
import type { UseFormReturn } from "react-hook-form";
import { Field, type FieldControl } from "@/lib/ui/primitives/field";
import { Input } from "@/lib/ui/primitives/input";
import type { AccountField, AccountFormValues } from "./account-form-values";

export type AccountForm = UseFormReturn<AccountFormValues, unknown, AccountFormValues>;

export interface FormPartProps {
  form: AccountForm;
  /** The sentence under a wrong field, by its path (`name`, `settings.baseUrl`). */
  problemOf: (path: string) => string | undefined;
}

interface TextFieldProps extends FormPartProps {
  field: Exclude<
    AccountField,
    | "modelMap"
    | "settings"
    | "secret"
    | "leadsBack"
    | "schedulable"
    | "ignoreLimits"
    | "ignoreFailures"
  >;
  label: string;
  help?: string;
  placeholder?: string;
  optional?: boolean;
  numeric?: boolean;
  type?: "text" | "date";
  children?: (control: FieldControl) => ReactNode;
}

/** The id of a field's control, under which the summary links to it. */
export function controlId(path: string): string {
  return `account-${path.replaceAll(".", "-")}`;
}

/** One labelled box of the form. */
export function TextField({ form, problemOf, field, children, ...rest }: TextFieldProps) {
  const { label, help, optional, numeric, ...input } = rest;
  return (
    <Field
      id={controlId(field)}
      label={label}
      help={help}
      optional={optional}
      error={problemOf(field)}
    >
      {children ??
        ((control) => (
          <Input
            {...control}
            {...form.register(field)}
            {...input}
            inputMode={numeric ? "numeric" : undefined}
            autoComplete="off"
          />
        ))}
    </Field>
  );
}
