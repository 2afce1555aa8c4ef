import type { z } from "zod";
import type { Problem } from "../../contracts/common";
import { AppError, FAILURES, type FailureCode, toAppError } from "../../shared/errors";
import { getContainer } from "../container";

const TITLES: Partial<Record<FailureCode, string>> = {
  invalid_request: "The request is not right",
  unauthenticated: "Not signed in",
  forbidden: "Not allowed",
  not_found: "Not found",
  conflict: "In conflict with what is there",
  too_large: "Too large",
  limit_reached: "Too many tries",
};

/** The answer to a failed call of the portal's API. Unknown causes are logged and never shown. */
export function problemResponse(thrown: unknown, path: string): Response {
  const error = toAppError(thrown);
  const { log } = getContainer();
  const level = FAILURES[error.code].log;
  const cause = level === "error" ? error.cause : undefined;
  log(level, { event: "api.failed", path, code: error.code, err: cause });
  const { fields, retryAfterSeconds } = error.detail;
  const problem: Problem = {
    type: "about:blank",
    title: TITLES[error.code] ?? "Something went wrong",
    status: error.status,
    code: error.code,
    detail: error.message,
    ...(fields && { fields }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  };
  return new Response(JSON.stringify(problem), {
    status: error.status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...(retryAfterSeconds !== undefined && { "retry-after": String(retryAfterSeconds) }),
    },
  });
}

/** Values that do not fit a contract, as a failure that names each wrong field. */
export function contractFailure({ issues }: z.ZodError): AppError {
  const fields = Object.fromEntries(issues.flatMap((issue) => fieldsOf(issue)));
  return new AppError("invalid_request", "Some fields are not right.", { fields });
}

function fieldsOf(issue: z.core.$ZodIssue): [string, string][] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => [[...issue.path, key].join("."), "Unknown field."]);
  }
  return [[issue.path.join(".") || "body", issue.message]];
}
