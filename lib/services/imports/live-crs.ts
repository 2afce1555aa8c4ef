import { z } from "zod";
import { AppError } from "../../shared/errors";
import { refusal } from "../accounts/account-form";
import { askThrough } from "../accounts/ask";
import type { Context } from "../context";
import { CrsExport } from "./read-crs";

const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
const Login = z.object({ token: z.string().regex(/^[\x21-\x7e]{1,10000}$/) });
/** The caller of these requests, where an account's calls would name the account. */
const CALLER = "import";

export interface LiveCrs {
  url: string;
  username: string;
  password: string;
}

/**
 * The accounts of a running claude-relay-service, with their secrets opened by itself. It tells no keys: those
 * come with its export file. Throws `invalid_request` naming the field that is wrong: an address that may
 * not be called, a refused password, an answer that is none of a claude-relay-service.
 */
export async function askLiveCrs(ctx: Context, { url, username, password }: LiveCrs) {
  const base = await baseOf(ctx, url);
  const ask = askThrough(ctx.outbound.dispatch, CALLER, { maxBytes: MAX_ANSWER_BYTES });
  const login = await ask({
    method: "POST",
    url: `${base}/web/auth/login`,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username, password }),
  });
  if (login.status === 401 || login.status === 403) {
    throw wrong("password", "The other portal refuses this name and password.");
  }
  const { token } = parsed(Login, login);
  const answer = await ask({
    method: "GET",
    url: `${base}/admin/sync/export-accounts?include_secrets=true`,
    headers: { authorization: `Bearer ${token}` },
    body: null,
  });
  if (answer.status === 404) {
    throw wrong(
      "url",
      "The other portal is too old to export accounts: update it, or export a file.",
    );
  }
  return parsed(CrsExport, answer);
}

async function baseOf(ctx: Context, url: string): Promise<string> {
  try {
    const { origin, pathname } = await ctx.outbound.check(url);
    // People paste the address of the admin pages.
    return origin + pathname.replace(/\/(?:admin(?:-next)?|web)(?:\/.*)?$/, "").replace(/\/+$/, "");
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    throw wrong("url", thrown.message, thrown);
  }
}

function parsed<T extends z.ZodType>(schema: T, answer: { status: number; body: string }) {
  const read = answer.status === 200 ? schema.safeParse(jsonOf(answer.body)) : null;
  if (read?.success) return read.data;
  const sentence = `No claude-relay-service answers there (status ${answer.status}).`;
  throw wrong("url", sentence);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function wrong(field: "url" | "password", sentence: string, cause?: unknown): AppError {
  return refusal({ [`from.${field}`]: sentence }, cause);
}
