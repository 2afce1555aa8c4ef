import { newId } from "../shared/ids";
import type { Db } from "./client";

interface NewSession {
  userId: string;
  expiresAt: Date;
  ip: string;
  userAgent: string;
}

export async function insertSession(db: Db, session: NewSession): Promise<string> {
  const id = newId("session");
  await db.session.create({ data: { id, ...session } });
  return id;
}

/** A session that still opens the portal, with its user; null when it is over or the user disabled. */
export async function findLiveSession(db: Db, id: string, now: Date) {
  return db.session.findFirst({
    where: { id, revokedAt: null, expiresAt: { gt: now }, user: { status: "active" } },
    select: {
      id: true,
      lastSeenAt: true,
      user: {
        select: { id: true, email: true, name: true, role: true, locale: true, timeZone: true },
      },
    },
  });
}

export async function touchSession(db: Db, id: string, at: Date, ip: string): Promise<void> {
  await db.session.updateMany({ where: { id }, data: { lastSeenAt: at, ip } });
}

/** Ends one session of one user; false when there is no such live one. */
export async function revokeSessionOf(
  db: Db,
  userId: string,
  id: string,
  at: Date,
): Promise<boolean> {
  const ended = await db.session.updateMany({
    where: { id, userId, revokedAt: null },
    data: { revokedAt: at },
  });
  return ended.count === 1;
}

/** Ends every session of a user, or every one but `exceptId`. Answers how many. */
export async function revokeSessionsOf(
  db: Db,
  userId: string,
  at: Date,
  exceptId: string | null = null,
): Promise<number> {
  const ended = await db.session.updateMany({
    where: { userId, revokedAt: null, ...(exceptId && { id: { not: exceptId } }) },
    data: { revokedAt: at },
  });
  return ended.count;
}

export async function listLiveSessions(db: Db, userId: string, now: Date) {
  return db.session.findMany({
    where: { userId, revokedAt: null, expiresAt: { gt: now } },
    orderBy: { lastSeenAt: "desc" },
    take: 100,
    select: {
      id: true,
      createdAt: true,
      lastSeenAt: true,
      expiresAt: true,
      ip: true,
      userAgent: true,
    },
  });
}

/** Has this user signed in from this address before? */
export async function knowsAddress(db: Db, userId: string, ip: string): Promise<boolean> {
  return (await db.session.count({ where: { userId, ip }, take: 1 })) > 0;
}
