import { newId } from "../shared/ids";
import type { Db } from "./client";

export type TokenKind = "setup" | "invitation" | "reset-password";

interface NewToken {
  kind: TokenKind;
  hash: string;
  userId?: string | null;
  email?: string | null;
  role?: "member" | "admin";
  note?: string;
  maxUses?: number;
  createdById?: string | null;
  expiresAt: Date;
}

export async function insertToken(db: Db, token: NewToken): Promise<string> {
  const id = newId(token.kind === "invitation" ? "invitation" : "token");
  await db.oneTimeToken.create({ data: { id, ...token } });
  return id;
}

/**
 * Uses a token up by one, in one statement: of any number of callers at the same time only as many
 * succeed as it has uses left. null when it is unknown, spent, over or revoked.
 */
export async function claimToken(db: Db, kind: TokenKind, hash: string, now: Date) {
  const found = await db.oneTimeToken.findUnique({
    where: { hash },
    select: { id: true, kind: true, userId: true, email: true, role: true, maxUses: true },
  });
  if (found?.kind !== kind) return null;
  const claimed = await db.oneTimeToken.updateMany({
    where: {
      id: found.id,
      uses: { lt: found.maxUses },
      expiresAt: { gt: now },
      revokedAt: null,
    },
    data: { uses: { increment: 1 } },
  });
  return claimed.count === 1 ? found : null;
}

/** A token that could be used now; looking does not use it. */
export async function findOpenToken(db: Db, kind: TokenKind, hash: string, now: Date) {
  const token = await db.oneTimeToken.findFirst({
    where: { kind, hash, expiresAt: { gt: now }, revokedAt: null },
    select: { email: true, userId: true, role: true, expiresAt: true, uses: true, maxUses: true },
  });
  return token && token.uses < token.maxUses ? token : null;
}

/** Makes open tokens of a kind worthless: all of them, or those of one user. */
export async function revokeTokens(
  db: Db,
  kind: TokenKind,
  at: Date,
  userId?: string,
): Promise<void> {
  await db.oneTimeToken.updateMany({
    where: { kind, revokedAt: null, ...(userId && { userId }) },
    data: { revokedAt: at },
  });
}

export async function listInvitationRows(db: Db) {
  return db.oneTimeToken.findMany({
    where: { kind: "invitation" },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: 200,
  });
}

/** false when there is no such invitation, or it was revoked before. */
export async function revokeInvitationRow(db: Db, id: string, at: Date): Promise<boolean> {
  const ended = await db.oneTimeToken.updateMany({
    where: { id, kind: "invitation", revokedAt: null },
    data: { revokedAt: at },
  });
  return ended.count === 1;
}
