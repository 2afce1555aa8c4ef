"use client";
import type { ReactNode } from "react";
import type { UseFormReturn } from "react-hook-form";
import { Field, type FieldControl } from "@/lib/ui/primitives/field";
import { Input } from "@/lib/ui/primitives/input";
import type { KeyField, KeyFormValues } from "./key-form-values";

export interface KeyPartProps {
  form: UseFormReturn<KeyFormValues, unknown, KeyFormValues>;
  /** The sentence under a wrong field. */
  problemOf: (field: KeyField) => string | undefined;
}

interface TextFieldProps extends KeyPartProps {
  field: Exclude<KeyField, "faces">;
  label: string;
  help?: string;
  placeholder?: string;
  optional?: boolean;
  decimal?: boolean;
  type?: "text" | "date";
  /** Another control than a line of text. */
  children?: (control: FieldControl) => ReactNode;
}

/** One labelled box of the form, linked to the summary by its id. */
export function TextField({ form, problemOf, field, children, ...rest }: TextFieldProps) {
  const { label, help, optional, decimal, ...input } = rest;
  return (
    <Field
      id={`key-${field}`}
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
            inputMode={decimal ? "decimal" : undefined}
            autoComplete="off"
          />
        ))}
    </Field>
  );
}
