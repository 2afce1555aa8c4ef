"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { ApiError } from "@/lib/client/api";
import type { CreateKeyBody, Key } from "@/lib/contracts/keys";
import { FormSummary } from "@/lib/ui/primitives/form-summary";
import { formProblems } from "../../../_parts/form-problems";
import { useFailureText } from "../../../_parts/use-failure-text";
import { KeyFields } from "./key-fields";
import {
  fromKey,
  type KeyField,
  KeyFormShape,
  type KeyFormValues,
  toKeyBody,
} from "./key-form-values";

interface KeyFormProps {
  /** The key to change; null makes a new one. */
  apiKey: Key | null;
  /** Of the `form` element, so that a button elsewhere can submit it. */
  formId: string;
  error: unknown;
  onSubmit: (body: CreateKeyBody) => void;
}

/** The form of a key. Its submit button stands where the form is shown. */
export function KeyForm({ apiKey, formId, error, onSubmit }: KeyFormProps) {
  const failureText = useFailureText();
  const form = useForm<KeyFormValues, unknown, KeyFormValues>({
    resolver: zodResolver(KeyFormShape),
    defaultValues: fromKey(apiKey),
  });
  const { errors } = form.formState;
  const sentences = useSentences();
  const refused = refusedFields(error);
  const failure = error ? { error, text: failureText(error) } : null;
  const wrong = [...Object.keys(errors), ...refused];

  return (
    <form
      id={formId}
      noValidate
      className="flex flex-col gap-5"
      onSubmit={form.handleSubmit((values) => onSubmit(toKeyBody(values, apiKey)))}
    >
      <FormSummary problems={formProblems("key", sentences, wrong, failure)} />
      <KeyFields
        form={form}
        open={apiKey !== null}
        problemOf={(field) => (wrong.includes(field) ? sentences[field] : undefined)}
      />
    </form>
  );
}

/** Fields of the API under the names that they have in this form. */
const FORM_FIELDS: Readonly<Record<string, KeyField>> = {
  name: "name",
  note: "note",
  tags: "tags",
  dailyLimitMicroUsd: "daily",
  weeklyLimitMicroUsd: "weekly",
  monthlyLimitMicroUsd: "monthly",
  totalLimitMicroUsd: "total",
  concurrencyLimit: "concurrency",
  rateWindowRequests: "rateRequests",
  rateWindowSeconds: "rateSeconds",
  expiresAt: "expiresOn",
  lifetimeSeconds: "lifetimeDays",
  modelRule: "modelPatterns",
  modelMap: "modelMap",
  allowedClients: "clients",
  ipAllow: "addresses",
};

function refusedFields(error: unknown): KeyField[] {
  if (!(error instanceof ApiError)) return [];
  return Object.keys(error.fields).flatMap((path) => FORM_FIELDS[path.split(".")[0] ?? ""] ?? []);
}

function useSentences(): Record<KeyField, string> {
  const t = useTranslations("keys.wrong");
  return {
    name: t("name"),
    daily: t("usd"),
    weekly: t("usd"),
    monthly: t("usd"),
    total: t("usd"),
    concurrency: t("concurrency"),
    rateRequests: t("rate"),
    rateSeconds: t("rate"),
    expires: t("expiresOn"),
    expiresOn: t("expiresOn"),
    lifetimeDays: t("lifetimeDays"),
    faces: t("modelPatterns"),
    modelMode: t("modelPatterns"),
    modelPatterns: t("modelPatterns"),
    modelMap: t("modelMap"),
    clients: t("clients"),
    addresses: t("ipAllow"),
    tags: t("tags"),
    note: t("note"),
  };
}
