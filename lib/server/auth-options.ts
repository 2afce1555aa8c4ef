import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { SignInBody } from "../contracts/auth";
import { revokeSession } from "../services/auth/revoke-session";
import { SESSION_SECONDS, signIn } from "../services/auth/sign-in";
import { getContainer } from "./container";
import { forgetSession, loadActor } from "./session";

interface Caller {
  ip: string;
  userAgent: string;
  /** The browser's cookie before this call. */
  cookie: string | undefined;
  /** Told why a sign-in was refused: next-auth itself keeps only a sentence. */
  onRefused(error: unknown): void;
}

/**
 * next-auth with e-mail and password, for one call. The cookie's token holds nothing but the id of a
 * session row, made anew at each sign-in; the row decides.
 */
export function authOptions(caller: Caller): NextAuthOptions {
  const { env, log } = getContainer();
  return {
    secret: env.sessionSecret,
    useSecureCookies: env.publicUrl.startsWith("https:"),
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in", signOut: "/", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: (credentials) => checkCredentials(caller, credentials),
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sub: user.id, sessionId: user.sessionId } : token),
      redirect: ({ url, baseUrl }) => ownAddress(url, baseUrl),
    },
    events: { signOut: () => endSession(caller) },
    logger: {
      error: (code) => log("warn", { event: "next-auth", code }),
      warn: (code) => log("debug", { event: "next-auth", code }),
      debug: () => undefined,
    },
  };
}

async function checkCredentials(caller: Caller, credentials: unknown) {
  const { ip, userAgent } = caller;
  const parsed = SignInBody.safeParse(pick(credentials));
  if (!parsed.success) return null;
  try {
    const ctx = getContainer().context({ kind: "anonymous", ip });
    const { userId, sessionId } = await signIn(ctx, { ...parsed.data, userAgent });
    await endSession(caller);
    return { id: userId, sessionId };
  } catch (error) {
    caller.onRefused(error);
    return null;
  }
}

/** next-auth hands over the whole body, its own fields included. */
function pick(credentials: unknown) {
  const { email, password } = Object(credentials);
  return { email, password };
}

async function endSession({ cookie, ip }: Caller): Promise<void> {
  const actor = await loadActor(cookie, ip);
  if (actor.kind !== "user") return;
  await revokeSession(getContainer().context(actor), { id: actor.sessionId });
  forgetSession(actor.sessionId);
}

function ownAddress(url: string, baseUrl: string): string {
  const target = URL.canParse(url, baseUrl) ? new URL(url, baseUrl) : null;
  return target?.origin === new URL(baseUrl).origin ? target.toString() : baseUrl;
}

declare module "next-auth" {
  interface User {
    sessionId: string;
  }
}

declare module "next-auth/jwt" {
  interface JWT {
    sessionId?: string;
  }
}
