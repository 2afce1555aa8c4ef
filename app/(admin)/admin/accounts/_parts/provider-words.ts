"use client";
import { useTranslations } from "next-intl";
import type { FormField } from "@/lib/contracts/accounts";

/** Label and help of a provider's field in the reader's language; the provider's own words otherwise. */
export function useProviderWords(
  providerId: string,
  field: FormField,
): { label: string; help: string | undefined } {
  const word = useWord(providerId);
  return {
    label: word(field.name, "label") ?? field.label,
    help: word(field.name, "help") ?? field.help ?? undefined,
  };
}

/** The labels of a provider's fields, for sentences that name them. */
export function useProviderLabels(providerId: string): (field: FormField) => string {
  const word = useWord(providerId);
  return (field) => word(field.name, "label") ?? field.label;
}

function useWord(providerId: string) {
  const t = useTranslations("providerFields");
  // Providers come from the server: whether this one has words is asked of the words themselves.
  return (name: string, what: "label" | "help"): string | null => {
    const key = `${providerId}.${name}.${what}` as Parameters<typeof t.has>[0];
    return t.has(key) ? t(key) : null;
  };
}
