import { LRUCache } from "lru-cache";
import { decode } from "next-auth/jwt";
import { findLiveSession, touchSession } from "../db/sessions";
import type { Actor } from "../services/context";
import { isId } from "../shared/ids";
import { getContainer } from "./container";
import { processSlot } from "./process-slot";

/** A revoked session ends in every process within this time. */
const CACHED_MS = 3_000;
const TOUCH_EVERY_MS = 60_000;

type Loaded = NonNullable<Awaited<ReturnType<typeof findLiveSession>>>;
type Cache = LRUCache<string, { session: Loaded | null }>;
const slot = processSlot<Cache>("sessions");

/** Name of the cookie that holds the signed-in browser's token. */
export function sessionCookieName(publicUrl: string): string {
  const secure = publicUrl.startsWith("https:");
  return `${secure ? "__Secure-" : ""}next-auth.session-token`;
}

/**
 * Who is behind a cookie: the only place that decides it. The token must be ours and name a session
 * row that is neither revoked nor over, of an active user; anybody else is anonymous.
 */
export async function loadActor(cookie: string | undefined, ip: string): Promise<Actor> {
  const anonymous: Actor = { kind: "anonymous", ip };
  const id = cookie ? await sessionIdIn(cookie) : null;
  const session = id ? await loadSession(id, ip) : null;
  if (!session) return anonymous;
  return { kind: "user", user: session.user, sessionId: session.id, ip };
}

/** Lets this process look at the session's row again at once. Other processes follow in seconds. */
export function forgetSession(id: string): void {
  sessionCache().delete(id);
}

/** The session that a token of ours names; null for any other text. */
export async function sessionIdIn(cookie: string): Promise<string | null> {
  const { env } = getContainer();
  const token = await decode({ token: cookie, secret: env.sessionSecret }).catch(() => null);
  const id = token?.sessionId;
  return typeof id === "string" && isId("session", id) ? id : null;
}

async function loadSession(id: string, ip: string): Promise<Loaded | null> {
  const cache = sessionCache();
  const cached = cache.get(id);
  if (cached) return cached.session;
  const { db, clock } = getContainer();
  const now = new Date(clock.nowMs());
  const session = await findLiveSession(db, id, now);
  cache.set(id, { session });
  if (session && now.getTime() - session.lastSeenAt.getTime() > TOUCH_EVERY_MS) {
    await touchSession(db, id, now, ip);
  }
  return session;
}

function sessionCache(): Cache {
  const known = slot.get();
  if (known) return known;
  const made: Cache = new LRUCache({ max: 10_000, ttl: CACHED_MS });
  slot.set(made);
  return made;
}
