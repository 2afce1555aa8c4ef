import { AppError, type FailureCode } from "../../shared/errors";

type Named = readonly [FailureCode, string];

/** What a broken call is called, by the error code of Node or undici. */
const BY_CODE: Readonly<Record<string, Named>> = {
  UND_ERR_CONNECT_TIMEOUT: ["upstream_silent", "The upstream did not accept a connection in time."],
  ETIMEDOUT: ["upstream_silent", "The upstream did not accept a connection in time."],
  UND_ERR_HEADERS_TIMEOUT: ["upstream_silent", "The upstream did not answer in time."],
  UND_ERR_BODY_TIMEOUT: ["upstream_silent", "The upstream fell silent."],
  ECONNREFUSED: ["upstream_broken", "The upstream refused the connection."],
  ECONNRESET: ["upstream_broken", "The upstream broke the connection."],
  EPIPE: ["upstream_broken", "The upstream broke the connection."],
  UND_ERR_SOCKET: ["upstream_broken", "The upstream broke the connection."],
  ENOTFOUND: ["upstream_broken", "The upstream's name is not known."],
  EAI_AGAIN: ["upstream_broken", "The upstream's name could not be looked up."],
  UND_ERR_HEADERS_OVERFLOW: ["upstream_broken", "The upstream's answer has too large a head."],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: [
    "upstream_broken",
    "The upstream's answer was shorter or longer than it said.",
  ],
  UND_ERR_RES_EXCEEDED_MAX_SIZE: ["upstream_broken", "The upstream's answer is too large."],
  UND_ERR_INVALID_ARG: ["upstream_broken", "The request cannot be sent as it is configured."],
};
const BY_PREFIX: readonly (readonly [string, Named])[] = [
  ["HPE_", ["upstream_broken", "The upstream's answer is not valid HTTP."]],
  ["ERR_TLS_", ["upstream_broken", "The upstream's certificate was not accepted."]],
  ["CERT_", ["upstream_broken", "The upstream's certificate was not accepted."]],
  ["ERR_SSL_", ["upstream_broken", "No secure connection to the upstream was possible."]],
];
const UNKNOWN: Named = ["upstream_broken", "The call to the upstream failed."];

/** Anything that ended a call, as a named failure with its cause. */
export function nameFailure(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = codeOf(thrown);
  const byPrefix = BY_PREFIX.find(([prefix]) => code.startsWith(prefix))?.[1];
  const [failure, message] = BY_CODE[code] ?? byPrefix ?? UNKNOWN;
  return new AppError(failure, message, {}, thrown);
}

function codeOf(thrown: unknown): string {
  if (typeof thrown !== "object" || thrown === null) return "";
  // Node tries several addresses of a host at once and then throws them together.
  if (thrown instanceof AggregateError && !("code" in thrown)) return codeOf(thrown.errors[0]);
  return "code" in thrown && typeof thrown.code === "string" ? thrown.code : "";
}
