"use client";
import { useLocale, useTranslations } from "next-intl";
import { ApiError } from "@/lib/client/api";
import type { ProviderForm } from "@/lib/contracts/accounts";
import type { FormProblem } from "@/lib/ui/primitives/form-summary";
import { useFailureText } from "../../../../_parts/use-failure-text";
import { type AccountForm, controlId } from "./form-part";
import { useProviderLabels } from "./provider-words";

const PLAIN = [
  "name",
  "note",
  "priority",
  "weight",
  "maxConcurrency",
  "pauseAtPercent",
  "planExpiresOn",
  "proxy",
  "dailyQuota",
  "quotaResetHour",
  "probeCron",
  "maxRestMinutes",
  "modelMap",
  "returnKeyId",
] as const;
type Plain = (typeof PLAIN)[number];

/** The API's name of a field where the form calls it otherwise. */
const RENAMED: Readonly<Record<string, string>> = {
  planExpiresAt: "planExpiresOn",
  dailyQuotaMicroUsd: "dailyQuota",
};

/** What is wrong with the form of an account: for its summary, and for each field. */
export function useAccountProblems(provider: ProviderForm, form: AccountForm, error: unknown) {
  const failureText = useFailureText();
  const sentenceOf = useSentences(provider);
  const locale = useLocale();
  const { errors } = form.formState;
  const fromServer = serverFields(error, provider);
  const refused = Object.keys(fromServer);
  const paths = [
    ...PLAIN.filter((field) => errors[field]),
    ...partPaths("settings", errors.settings),
    ...partPaths("secret", errors.secret),
  ];
  const wrong = [...new Set([...paths, ...refused])];
  const problemOf = (path: string) => {
    if (!wrong.includes(path)) return undefined;
    // The server knows the reason best, and speaks English.
    const remote = !paths.includes(path);
    const said = locale === "en" && remote ? fromServer[path] : undefined;
    return said ?? sentenceOf(path, remote);
  };
  const problems: FormProblem[] = wrong.map((path) => ({
    fieldId: controlId(path),
    message: problemOf(path) ?? path,
  }));
  const whole = error && refused.length === 0 ? [{ message: failureText(error) }] : [];
  return { problems: [...problems, ...whole], problemOf, refused };
}

function partPaths(part: string, errors: object | undefined): string[] {
  return Object.keys(errors ?? {}).map((name) => `${part}.${name}`);
}

/** Refused fields under the form's paths, with the server's sentence. */
function serverFields(error: unknown, provider: ProviderForm): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  const firstSecret = provider.secret[0]?.name ?? "";
  return Object.fromEntries(
    Object.entries(error.fields).map(([path, sentence]) => {
      const [head = "", name] = path.split(".");
      if (head === "settings" && name) return [`settings.${name}`, sentence];
      if (head === "secret") return [`secret.${name ?? firstSecret}`, sentence];
      return [RENAMED[head] ?? head, sentence];
    }),
  );
}

function useSentences(provider: ProviderForm): (path: string, remote: boolean) => string {
  const t = useTranslations("adminAccounts.wrong");
  const labelOf = useProviderLabels(provider.id);
  return (path, remote) => {
    const [part = "", name = ""] = path.split(".");
    const plain = PLAIN.find((field): field is Plain => field === part);
    if (plain) return t(plain);
    const fields = part === "secret" ? provider.secret : provider.settings;
    const field = fields.find((one) => one.name === name);
    const label = field ? labelOf(field) : path;
    if (part === "secret") return t("secret", { label });
    if (field?.kind !== "url") return t("setting", { label });
    return t(remote ? "refused" : "url", { label });
  };
}
