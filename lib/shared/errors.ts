/** What happens to the upstream account after a failure of this code. */
export type AccountEffect = "keep" | "suspend" | "cool-family" | "cool-briefly" | "count-then-cool";

interface FailureRule {
  /** HTTP status of the answer; 0 means "as the upstream sent it". */
  status: number;
  /** May another account be tried, as long as nothing has reached the client? */
  failover: boolean;
  account: AccountEffect;
  log: "debug" | "info" | "warn" | "error";
}

const callersFault = (status: number): FailureRule => ({
  status,
  failover: false,
  account: "keep",
  log: "info",
});

/** The one table of failures: a code decides status, failover, account effect and log level. */
export const FAILURES = {
  invalid_request: callersFault(400),
  unauthenticated: callersFault(401),
  forbidden: callersFault(403),
  not_found: callersFault(404),
  conflict: callersFault(409),
  too_large: callersFault(413),
  loop_detected: callersFault(508),
  limit_reached: callersFault(429),
  budget_exhausted: callersFault(402),
  upstream_refused: { status: 0, failover: false, account: "keep", log: "info" },
  upstream_lacks_model: { status: 404, failover: true, account: "keep", log: "info" },
  upstream_denied: { status: 502, failover: true, account: "suspend", log: "warn" },
  upstream_limited: { status: 429, failover: true, account: "cool-family", log: "info" },
  upstream_busy: { status: 529, failover: true, account: "cool-briefly", log: "info" },
  upstream_broken: { status: 502, failover: true, account: "count-then-cool", log: "warn" },
  upstream_silent: { status: 504, failover: true, account: "count-then-cool", log: "warn" },
  no_account: { status: 503, failover: false, account: "keep", log: "warn" },
  unavailable: { status: 503, failover: false, account: "keep", log: "error" },
  client_left: { status: 499, failover: false, account: "keep", log: "debug" },
  internal: { status: 500, failover: false, account: "keep", log: "error" },
} as const satisfies Record<string, FailureRule>;

export type FailureCode = keyof typeof FAILURES;

/** Everything about a failure that a caller, a page or the log may need besides its code. */
export interface FailureDetail {
  /** Overrides the table's status: for `upstream_refused`, and for `no_account` when all are limited. */
  status?: number;
  retryAfterSeconds?: number;
  /** false tells clients that repeating the same request cannot help (`x-should-retry`). */
  shouldRetry?: boolean;
  /** The upstream's own body, passed on where it is the caller's business. */
  body?: { contentType: string; bytes: Uint8Array };
  /** When a limit refused: its name, value, current use and moment of reset. */
  limit?: LimitDetail;
  /** Fields of a form that are wrong: path to sentence. */
  fields?: Record<string, string>;
  /** Why each account was left out, counted. */
  reasons?: Record<string, number>;
  /** The model family that a quota failure is limited to; null for the whole account. */
  family?: string | null;
  /** The provider has closed the account: signing in again does not help. */
  blocked?: boolean;
  /** Moment (epoch ms) at which the upstream says its quota is back. */
  resetAtMs?: number;
}

export interface LimitDetail {
  name: string;
  /** Micro-USD for money, a plain number otherwise. */
  value: number;
  used: number;
  unit: "micro-usd" | "requests" | "tokens" | "concurrent";
  resetsAtMs: number | null;
}

const BRAND = Symbol.for("relay-portal.AppError");

/**
 * The only error class that crosses a layer. The code decides what happens; the message is for
 * people and never decides behaviour; the cause is logged and never shown.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  constructor(
    readonly code: FailureCode,
    message: string,
    readonly detail: FailureDetail = {},
    override readonly cause?: unknown,
  ) {
    super(message);
  }

  /**
   * One process holds two bundles of this file, the server's and Next's: an error thrown in one is
   * an AppError in the other too.
   */
  static override [Symbol.hasInstance](thrown: unknown): boolean {
    return typeof thrown === "object" && thrown !== null && BRAND in thrown;
  }

  readonly [BRAND] = true;

  get status(): number {
    return this.detail.status ?? (FAILURES[this.code].status || 502);
  }
}

/** Any thrown thing as an AppError; what is not one already becomes `internal` with a blank message. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  return new AppError("internal", "Something went wrong in the portal.", {}, thrown);
}
