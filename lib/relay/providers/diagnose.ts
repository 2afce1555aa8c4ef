import { AppError, type FailureCode, type FailureDetail } from "../../shared/errors";
import type { FailedAnswer } from "./provider";

/** Statuses that mean the same at every upstream. */
const BY_STATUS: Readonly<Record<number, FailureCode>> = {
  401: "upstream_denied",
  402: "upstream_limited",
  403: "upstream_denied",
  408: "upstream_silent",
  429: "upstream_limited",
  503: "upstream_busy",
  504: "upstream_silent",
  529: "upstream_busy",
};

const SENTENCES: Partial<Record<FailureCode, string>> = {
  upstream_denied: "The upstream rejected the account's credential.",
  upstream_limited: "The upstream's quota for this account is used up for now.",
  upstream_busy: "The upstream is overloaded.",
  upstream_silent: "The upstream ran out of time.",
  upstream_broken: "The upstream failed.",
};

/** The failure that a status names by itself; a provider adds what it knows better. */
export function diagnoseByStatus(answer: FailedAnswer, detail: FailureDetail = {}): AppError {
  const code = codeOf(answer.status);
  const stated: FailureDetail = { retryAfterSeconds: retryAfterOf(answer), ...detail };
  if (code === "upstream_refused") {
    const message =
      messageOf(answer.body) ?? `The upstream refused the request (${answer.status}).`;
    return new AppError(code, message, { ...stated, status: answer.status });
  }
  return new AppError(code, SENTENCES[code] ?? "The upstream failed.", stated);
}

/** The sentence in an upstream's JSON error, wherever its dialect keeps it; null when there is none. */
export function messageOf(body: string): string | null {
  const match = /"message"\s*:\s*("(?:[^"\\]|\\.){1,2000}")/.exec(body);
  if (!match?.[1]) return null;
  try {
    return String(JSON.parse(match[1]));
  } catch {
    return null;
  }
}

/**
 * Seconds to wait: from the header (a number, or a date measured by the upstream's own clock), else
 * from Google's RetryInfo, which also survives inside the error text of a router between.
 */
export function retryAfterOf({ headers, body }: FailedAnswer): number | undefined {
  const stated = headers["retry-after"];
  if (stated !== undefined && /^\d+(\.\d+)?$/.test(stated)) return Number(stated);
  const until = Date.parse(stated ?? "");
  const now = Date.parse(headers.date ?? "");
  if (!Number.isNaN(until) && !Number.isNaN(now)) return Math.max((until - now) / 1000, 0);
  const delay = /retryDelay[\\"]*\s*:\s*[\\"]*(\d+(?:\.\d+)?)s/.exec(body)?.[1];
  return delay === undefined ? undefined : Number(delay);
}

function codeOf(status: number): FailureCode {
  const named = BY_STATUS[status];
  if (named) return named;
  return status >= 400 && status < 500 ? "upstream_refused" : "upstream_broken";
}
