import { AppError, type FailureDetail } from "../../shared/errors";
import { familyOf } from "../families";
import { diagnoseByStatus } from "./diagnose";
import type { FailedAnswer } from "./provider";

/** Sentences by which Anthropic says that an account is closed, whatever the status. */
const BLOCKED = [
  "this organization has been disabled",
  "oauth authentication is currently not allowed",
  "your account has been disabled",
];

/** Names a failure of the Messages API: quota with family and reset, an empty or a closed account. */
export function diagnoseAnthropic(answer: FailedAnswer): AppError {
  const { status } = answer;
  const said = answer.body.toLowerCase();
  // Anthropic answers 400, not 402, when a prepaid account is empty.
  if (status === 400 && said.includes("credit balance is too low")) {
    const message = "The upstream account has no credit left.";
    return new AppError("upstream_limited", message, { family: null });
  }
  if ((status === 400 || status === 403) && BLOCKED.some((sentence) => said.includes(sentence))) {
    const message = "Anthropic has closed this account.";
    return new AppError("upstream_denied", message, { status, blocked: true });
  }
  return diagnoseByStatus(answer, status === 429 ? quota(answer) : {});
}

/** Claims of the unified windows that close the whole account and not one class of models. */
const WHOLE_ACCOUNT = new Set(["five_hour", "seven_day"]);

/**
 * Anthropic counts by class of model; only the unified five-hour and seven-day windows hold for all.
 * @see https://docs.anthropic.com/en/api/rate-limits
 */
function quota({ headers, model }: FailedAnswer): FailureDetail {
  const claim = headers["anthropic-ratelimit-unified-representative-claim"] ?? "";
  const family = WHOLE_ACCOUNT.has(claim)
    ? null
    : familyOf(claim.replace("seven_day_", "") || model);
  const resetAtMs = resetOf(headers);
  return resetAtMs === null ? { family } : { family, resetAtMs };
}

const RESET_HEADERS = ["requests", "tokens", "input-tokens", "output-tokens"].map((kind) => ({
  remaining: `anthropic-ratelimit-${kind}-remaining`,
  reset: `anthropic-ratelimit-${kind}-reset`,
}));

function resetOf(headers: FailedAnswer["headers"]): number | null {
  const unified = Number(headers["anthropic-ratelimit-unified-reset"]);
  if (unified > 0) return unified * 1000;
  const resets = RESET_HEADERS.filter(({ remaining }) => headers[remaining] === "0")
    .map(({ reset }) => Date.parse(headers[reset] ?? ""))
    .filter((resetMs) => !Number.isNaN(resetMs));
  return resets.length > 0 ? Math.max(...resets) : null;
}
