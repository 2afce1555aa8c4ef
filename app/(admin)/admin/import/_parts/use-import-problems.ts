"use client";
import { useLocale, useTranslations } from "next-intl";
import { ApiError } from "@/lib/client/api";
import type { ImportProblem } from "./import-values";

/** Fields as the API calls them, and their own sentence where the reader does not speak its language. */
const PATHS = {
  file: ["from.file", "from"],
  url: ["from.url"],
  password: ["from.password"],
  pepper: ["pepper"],
} as const;
type Refusable = keyof typeof PATHS;

/** The sentence below each field that is wrong, whoever found it. */
export function useImportProblems(problem: ImportProblem | null, error: unknown) {
  const t = useTranslations("adminImport.wrong");
  const locale = useLocale();
  const refused = error instanceof ApiError ? error.fields : {};
  const sentenceOf = (field: Refusable) => {
    const told = PATHS[field].map((path) => refused[path]).find((one) => one !== undefined);
    if (told === undefined) return undefined;
    // The portal's API speaks English: there its own sentence is the most exact one.
    return locale === "en" ? told : t(field);
  };
  const isRefusable = (field: string): field is Refusable => Object.hasOwn(PATHS, field);
  const of = (field: string) => {
    if (problem?.field === field) return t(problem.word);
    return isRefusable(field) ? sentenceOf(field) : undefined;
  };
  return { of, any: (["file", "url", "password", "pepper"] as const).some((field) => of(field)) };
}
