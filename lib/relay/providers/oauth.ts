import { z } from "zod";
import { AppError, type FailureCode } from "../../shared/errors";
import type { Ask, AskAnswer, SignInSeeds } from "./sign-in";

/** What a token endpoint answers. @see https://www.rfc-editor.org/rfc/rfc6749#section-5.1 */
const TokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional().nullable().catch(null),
  id_token: z.string().optional().nullable().catch(null),
  expires_in: z.coerce.number().positive().optional().nullable().catch(null),
  scope: z.string().optional().nullable().catch(null),
});

export interface Tokens {
  accessToken: string;
  /** null where the answer has none: the one that was stored stays good. */
  refreshToken: string | null;
  idToken: string | null;
  /** Epoch ms. */
  expiresAtMs: number;
  scope: string | null;
}

/** Lifetime of a token that does not say it. */
const UNSTATED_LIFE_SECONDS = 3_600;

/** Error words that mean that the grant is gone for good. @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
const GONE = new Set([
  "invalid_grant",
  "invalid_client",
  "unauthorized_client",
  "unsupported_grant_type",
  "access_denied",
  "refresh_token_expired",
  "refresh_token_reused",
  "refresh_token_invalidated",
]);

/** Statuses that may pass; any other refusal without a known word counts as temporary too. */
const BY_STATUS: Readonly<Record<number, FailureCode>> = {
  408: "upstream_silent",
  429: "upstream_busy",
  503: "upstream_busy",
  504: "upstream_silent",
};

export interface TokenCall {
  url: string;
  /** RFC 6749 wants a form; some endpoints take JSON only. */
  as: "form" | "json";
  fields: Readonly<Record<string, string>>;
}

/**
 * One call to a token endpoint. Throws `upstream_denied` where the grant is gone for good, and a passing
 * failure (`upstream_broken`, `upstream_busy`, `upstream_silent`) for everything else.
 */
export async function askForTokens(ask: Ask, call: TokenCall, nowMs: number): Promise<Tokens> {
  const answer = await ask(tokenRequest(call));
  if (answer.status < 200 || answer.status >= 300) throw tokenFailure(answer);
  const parsed = TokenAnswer.safeParse(jsonOf(answer.body));
  if (!parsed.success) {
    throw new AppError("upstream_broken", "The sign-in service answered no token.");
  }
  const { access_token, refresh_token, id_token, expires_in, scope } = parsed.data;
  return {
    accessToken: access_token,
    refreshToken: refresh_token ?? null,
    idToken: id_token ?? null,
    expiresAtMs: nowMs + (expires_in ?? UNSTATED_LIFE_SECONDS) * 1_000,
    scope: scope ?? null,
  };
}

function tokenRequest({ url, as, fields }: TokenCall) {
  const isForm = as === "form";
  const type = isForm ? "application/x-www-form-urlencoded" : "application/json";
  const body = isForm ? new URLSearchParams(fields).toString() : JSON.stringify(fields);
  return { method: "POST" as const, url, headers: { "content-type": type }, body };
}

/** A refusal by its word (`error`, or `error.code`/`error.type`), never by its sentence. */
function tokenFailure({ status, body }: AskAnswer): AppError {
  const word = errorWord(jsonOf(body));
  if (word !== null && GONE.has(word)) {
    const message = `The sign-in is no longer valid (${word}): sign in again.`;
    return new AppError("upstream_denied", message, { status });
  }
  const code = BY_STATUS[status] ?? "upstream_broken";
  const told = word === null ? String(status) : `${status}, ${word.slice(0, 60)}`;
  return new AppError(code, `The sign-in service refused for now (${told}).`);
}

const ErrorAnswer = z.object({
  error: z.union([
    z.string(),
    z.object({ code: z.string().nullish(), type: z.string().nullish() }),
  ]),
});

/** The error's word in any of the forms in use; null where there is none. */
export function errorWord(answer: unknown): string | null {
  const parsed = ErrorAnswer.safeParse(answer);
  if (!parsed.success) return null;
  const { error } = parsed.data;
  return typeof error === "string" ? error : (error.code ?? error.type ?? null);
}

/** JSON that a service answered; undefined where it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The code in what an admin pasted: bare, `code#state`, or the whole call-back address. Throws
 * `invalid_request` where there is none, it belongs to another sign-in, or the provider said no.
 */
export function pastedCode(pasted: string, { state }: Pick<SignInSeeds, "state">): string {
  const text = pasted.trim();
  const url = /^https?:\/\//i.test(text) ? URL.parse(text) : null;
  const query = url ? new URLSearchParams([...url.searchParams, ...fragment(url)]) : null;
  const refused = query?.get("error");
  if (refused) {
    throw refusedPaste(`The provider did not agree (${refused.slice(0, 60)}). Begin again.`);
  }
  const [bare = "", bareState = ""] = text.split("#");
  const code = query ? (query.get("code") ?? "") : (bare.split("&")[0] ?? "");
  const told = query ? (query.get("state") ?? "") : bareState;
  if (!/^[\x21-\x7e]{4,4096}$/.test(code)) {
    throw refusedPaste("Paste the code, or the whole address that the browser ended at.");
  }
  if (told !== "" && told !== state) {
    throw refusedPaste("This code belongs to another sign-in. Begin again.");
  }
  return code;
}

function fragment(url: URL): URLSearchParams {
  return new URLSearchParams(url.hash.slice(1));
}

function refusedPaste(message: string): AppError {
  return new AppError("invalid_request", message, { fields: { pasted: message } });
}

/** Claims of a JWT, unverified: it came from the issuer itself, over TLS. {} where it is none. */
export function jwtClaims(token: string): unknown {
  const part = token.split(".")[1] ?? "";
  const text = part.replaceAll("-", "+").replaceAll("_", "/");
  try {
    const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return {};
  }
}
