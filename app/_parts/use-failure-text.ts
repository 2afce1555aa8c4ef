"use client";
import { useLocale, useTranslations } from "next-intl";
import { ApiError } from "@/lib/client/api";
import { useFormat } from "@/lib/ui/format/use-format";

type Known =
  | "invalid_request"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "limit_reached"
  | "network"
  | "internal";

/** What a form knows better than the general words: its own sentence for a code. */
export type FailureWords = Partial<Record<string, string>>;

const KNOWN: ReadonlySet<string> = new Set<Known>([
  "invalid_request",
  "unauthenticated",
  "forbidden",
  "not_found",
  "conflict",
  "limit_reached",
  "network",
  "internal",
]);
const isKnown = (code: string): code is Known => KNOWN.has(code);

/**
 * Turns any failure of a call into a sentence in the reader's language. The portal's API speaks
 * English: its own sentence is the most exact one there, other languages go by the code.
 */
export function useFailureText(): (error: unknown, own?: FailureWords) => string {
  const t = useTranslations("failures");
  const locale = useLocale();
  const format = useFormat();
  return (error, own = {}) => {
    if (!(error instanceof ApiError)) return t("internal");
    const { code, problem } = error;
    if (code === "limit_reached" && problem.retryAfterSeconds) {
      return t("retryIn", { time: format.countdown(problem.retryAfterSeconds * 1000) });
    }
    const words = own[code];
    if (words) return words;
    if (locale === "en" && code !== "network" && code !== "internal") return problem.detail;
    return t(isKnown(code) ? code : "internal");
  };
}
