"use client";
import { useTranslations } from "next-intl";
import { FAILURES, type FailureCode } from "@/lib/shared/errors";

const isCode = (code: string): code is FailureCode => code in FAILURES;

/** What a failure means to the one whose request it was, and what to do; null when it is none. */
export function useFailureWords(): (
  code: string | null,
) => { title: string; advice: string } | null {
  const t = useTranslations("requests.why");
  return (code) => {
    if (code === null) return null;
    const known = isCode(code) ? code : "internal";
    return { title: t(`${known}.title`), advice: t(`${known}.advice`) };
  };
}
