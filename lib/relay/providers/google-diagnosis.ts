import { z } from "zod";
import { AppError, type FailureDetail } from "../../shared/errors";
import { familyOf } from "../families";
import { diagnoseByStatus, retryAfterOf } from "./diagnose";
import { jsonOf } from "./oauth";
import type { FailedAnswer } from "./provider";

const Detail = z.object({
  reason: z.string().catch(""),
  metadata: z.record(z.string(), z.string()).catch({}),
  violations: z.array(z.object({ quotaId: z.string().catch("") })).catch([]),
});
const Failed = z.object({ error: z.object({ details: z.array(Detail).catch([]) }) });
type Detail = z.output<typeof Detail>;

/**
 * What an account lacks, by Google's word for it, and who can mend it. None of them is about what was
 * asked, whichever status it comes with.
 * @see https://cloud.google.com/apis/design/errors#error_info
 */
const ACCOUNT_LACKS: Readonly<Record<string, string>> = {
  API_KEY_INVALID: "Google rejected this account's API key.",
  ACCESS_TOKEN_SCOPE_INSUFFICIENT: "The sign-in lacks a permission: sign in again.",
  BILLING_DISABLED:
    "Billing is not enabled for the account's Google Cloud project: enable it there.",
  CONSUMER_INVALID: "Google does not know the account's project: enter the id of one it may use.",
  RESOURCE_PROJECT_INVALID:
    "Google does not know the account's project: enter the id of one it may use.",
  SECURITY_POLICY_VIOLATED:
    "A security policy of the Google Workspace keeps this portal out: its administrator decides.",
  SERVICE_DISABLED:
    "The API is not enabled in the account's Google Cloud project: enable it there, then test again.",
  USER_PROJECT_DENIED:
    "The account may not use its Google Cloud project: enter another, or have it admitted there.",
  VALIDATION_REQUIRED:
    "Google wants the owner to verify this account first: open Google's page and follow it.",
};
/** Where a word's remedy is found, when Google states it. */
const LINKS = ["validation_link", "activationUrl"];

/** A whole day's quota is said to be back within seconds; it is asked again this often at most. */
const DAILY_SECONDS = 15 * 60;
const NO_CREDIT_SECONDS = 30 * 60;

/**
 * Names an answer of one of Google's services, by the words in its details.
 * @see https://cloud.google.com/apis/design/errors#error_model
 */
export function diagnoseGoogle(answer: FailedAnswer): AppError {
  const details = detailsOf(answer.body);
  const lacking = details.find(({ reason }) => Object.hasOwn(ACCOUNT_LACKS, reason));
  if (lacking && answer.status < 500) return new AppError("upstream_denied", sentence(lacking));
  const failure = diagnoseByStatus(answer, answer.status === 429 ? quota(answer, details) : {});
  if (failure.code !== "upstream_busy") return failure;
  return new AppError(failure.code, failure.message, { ...failure.detail, status: 503 });
}

/** The array form of a stream has its failures inside of a list. */
function detailsOf(body: string): Detail[] {
  const json = jsonOf(body);
  const [first]: unknown[] = Array.isArray(json) ? json : [json];
  return Failed.safeParse(first).data?.error.details ?? [];
}

function sentence({ reason, metadata }: Detail): string {
  const told = ACCOUNT_LACKS[reason] ?? "";
  const link = LINKS.map((name) => metadata[name]).find((url) => isGooglePage(url));
  return link ? `${told} (${link})` : told;
}

/** Is it a page of Google's own, that an owner may be sent to? */
export function isGooglePage(text: string | undefined): boolean {
  const url = URL.parse(text ?? "");
  return url?.protocol === "https:" && url.hostname.endsWith(".google.com");
}

/**
 * Google counts per model: the one that a violation names, else the one that was asked.
 * @see https://ai.google.dev/gemini-api/docs/rate-limits
 */
function quota(answer: FailedAnswer, details: readonly Detail[]): FailureDetail {
  if (details.some(({ reason }) => reason === "INSUFFICIENT_G1_CREDITS_BALANCE")) {
    return { family: null, retryAfterSeconds: retryAfterOf(answer) ?? NO_CREDIT_SECONDS };
  }
  const named = /"model"\s*:\s*"([A-Za-z0-9._-]{1,128})"/.exec(answer.body)?.[1];
  const family = familyOf(named ?? answer.model);
  const resetAtMs = resetOf(details);
  if (resetAtMs !== null) return { family, resetAtMs, retryAfterSeconds: undefined };
  const isDaily = details.some(({ violations }) =>
    violations.some(({ quotaId }) => /PerDay|Daily/.test(quotaId)),
  );
  if (!isDaily) return { family };
  return { family, retryAfterSeconds: Math.max(retryAfterOf(answer) ?? 0, DAILY_SECONDS) };
}

/** The moment that Code Assist states for a plan's quota; a shorter delay beside it is of no use. */
function resetOf(details: readonly Detail[]): number | null {
  const moments = details
    .map(({ metadata }) => Date.parse(metadata.quotaResetTimeStamp ?? ""))
    .filter((moment) => !Number.isNaN(moment));
  return moments.length > 0 ? Math.max(...moments) : null;
}
