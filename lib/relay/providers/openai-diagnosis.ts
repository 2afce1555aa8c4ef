import { AppError, type FailureDetail } from "../../shared/errors";
import { familyOf } from "../families";
import { diagnoseByStatus, messageOf, retryAfterOf } from "./diagnose";
import type { FailedAnswer } from "./provider";

/**
 * Words by which an account says that its money is used up, where a plain rate limit would pass soon:
 * OpenAI's, then those of Moonshot, Z.ai and others.
 * @see https://platform.openai.com/docs/guides/error-codes
 */
const NO_CREDIT =
  /"(?:type|code)"\s*:\s*"(?:insufficient_quota|credit_balance_exhausted|\w*spend_limit_exceeded|billing_\w+|exceeded_current_quota_error|insufficient_balance|1113)"/;
/** Nobody knows when an account is paid again; it is probed this often at most. */
const NO_CREDIT_SECONDS = 30 * 60;

/** Not on offer here, perhaps elsewhere. DeepSeek, OpenRouter and some of OpenAI's endpoints only say it. */
const NO_SUCH_MODEL =
  /"(?:type|code)"\s*:\s*"(?:model_not_found|model_not_supported|invalid_model)"|Model Not Exist|is not a valid model ID|The model [`'][^`']{1,200}[`'] does not exist/;

/** Statuses that are about the account, except where the body is about what was asked. */
const CALLERS_FAULT: Readonly<Record<number, RegExp>> = {
  // OpenRouter's moderation, other makers' filters.
  403: /moderation|flagged|content_(?:filter|policy)|context.length/i,
  // A single request above the rate of a whole minute: no waiting helps, and others are still served.
  429: /Request too large for /,
};

/**
 * Names an answer of an API of OpenAI's kind.
 * @see https://openrouter.ai/docs/api-reference/errors
 */
export function diagnoseOpenai(answer: FailedAnswer): AppError {
  const { status, body, model } = answer;
  if (status === 402 || (status === 429 && NO_CREDIT.test(body))) {
    const message = "The upstream account has no credit left.";
    const retryAfterSeconds = retryAfterOf(answer) ?? NO_CREDIT_SECONDS;
    return new AppError("upstream_limited", message, { family: null, retryAfterSeconds });
  }
  if ([400, 403, 404].includes(status) && NO_SUCH_MODEL.test(body)) {
    const message = messageOf(body) ?? `The upstream does not offer the model ${model}.`;
    return new AppError("upstream_lacks_model", message);
  }
  if (CALLERS_FAULT[status]?.test(body)) {
    const message = messageOf(body) ?? `The upstream refused the request (${status}).`;
    return new AppError("upstream_refused", message, { status, shouldRetry: false });
  }
  return diagnoseByStatus(answer, status === 429 ? quota(answer) : {});
}

/** Rates are counted per model; what is used up says when it is back. */
function quota(answer: FailedAnswer): FailureDetail {
  const family = familyOf(answer.model);
  if (retryAfterOf(answer) !== undefined) return { family };
  const resetAtMs = epochOf(answer);
  if (resetAtMs !== null) return { family, resetAtMs };
  const retryAfterSeconds = longestReset(answer.headers);
  return retryAfterSeconds === null ? { family } : { family, retryAfterSeconds };
}

/** OpenRouter states a moment, in its answer's headers or inside the error. */
function epochOf({ headers, body }: FailedAnswer): number | null {
  const stated =
    headers["x-ratelimit-reset"] ?? /"x-ratelimit-reset"\s*:\s*"?(\d+)/i.exec(body)?.[1];
  const value = Number(stated);
  // Seconds until then are no moment; milliseconds have thirteen digits.
  if (!(value > 1e9)) return null;
  return value > 1e12 ? value : value * 1000;
}

const COUNTED = ["requests", "tokens"].map((kind) => ({
  remaining: `x-ratelimit-remaining-${kind}`,
  reset: `x-ratelimit-reset-${kind}`,
}));

/** @see https://platform.openai.com/docs/guides/rate-limits#rate-limits-in-headers */
function longestReset(headers: FailedAnswer["headers"]): number | null {
  const resets = COUNTED.filter(({ remaining }) => headers[remaining] === "0")
    .map(({ reset }) => secondsOf(headers[reset] ?? ""))
    .filter((seconds) => seconds !== null);
  return resets.length > 0 ? Math.max(...resets) : null;
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001, "": 1 };

/** Seconds of `6m0s`, `12ms`, `1h2m3.5s` or a plain number; null of anything else. */
function secondsOf(text: string): number | null {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|[hms])?)+$/.test(text)) return null;
  const parts = text.matchAll(/(\d+(?:\.\d+)?)(ms|[hms]|)/g);
  let seconds = 0;
  for (const [, count, unit] of parts) seconds += Number(count) * (UNIT_SECONDS[unit ?? ""] ?? 0);
  return seconds;
}
