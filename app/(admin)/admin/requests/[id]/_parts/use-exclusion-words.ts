"use client";
import { useTranslations } from "next-intl";

/** Why an account was left out of a choice, in the reader's words. */
export function useExclusionWords(): (reason: string) => string {
  const t = useTranslations("requests.story.excluded");
  return (reason) => {
    // Reasons are data of the answer: whether one has words is asked of the words themselves.
    const key = reason as Parameters<typeof t.has>[0];
    return t.has(key) ? t(key) : t("other");
  };
}
