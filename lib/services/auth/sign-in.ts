import type { SignInBody } from "../../contracts/auth";
import { insertSession, knowsAddress } from "../../db/sessions";
import { findSignInUser, updateUserRow } from "../../db/users";
import { AppError } from "../../shared/errors";
import { recordChange } from "../audit/record-change";
import type { Context } from "../context";
import { authorize } from "./authorize";
import { passwordFits } from "./password";
import { addressOf, slowDownAddress, slowDownName } from "./slow-down";

/** A browser stays signed in this long. */
export const SESSION_SECONDS = 30 * 24 * 3_600;

interface SignedIn {
  userId: string;
  sessionId: string;
}

/**
 * Checks e-mail and password and begins a session with a new id. An unknown address, a wrong
 * password and a disabled account give the same answer after the same work: `unauthenticated`.
 * Throws `limit_reached` when tries come too fast.
 */
export async function signIn(
  ctx: Context,
  input: SignInBody & { userAgent: string },
): Promise<SignedIn> {
  authorize(ctx.actor, "account-links.use");
  await slowDownAddress(ctx);
  const email = input.email.toLowerCase();
  const ip = addressOf(ctx.actor) ?? "";
  const user = await findSignInUser(ctx.db, email);
  // Whoever guesses from elsewhere cannot slow down the owner at an address that is known.
  const known = await knowsAddress(ctx.db, user?.id ?? "", ip);
  const attempt = known ? `known:${email}:${ip}` : `email:${email}`;
  await slowDownName(ctx, attempt);
  const fits = await passwordFits(user?.passwordHash ?? null, input.password);
  if (!user || !fits || user.status !== "active") {
    throw new AppError(
      "unauthenticated",
      "This e-mail address and password do not belong together.",
    );
  }
  await ctx.attempts.clear(attempt);
  const sessionId = await beginSession(ctx, user.id, ip, input.userAgent);
  return { userId: user.id, sessionId };
}

async function beginSession(ctx: Context, userId: string, ip: string, userAgent: string) {
  const now = ctx.clock.nowMs();
  return ctx.db.$transaction(async (tx) => {
    const sessionId = await insertSession(tx, {
      userId,
      expiresAt: new Date(now + SESSION_SECONDS * 1_000),
      ip,
      userAgent: userAgent.slice(0, 300),
    });
    await updateUserRow(tx, userId, { lastSignInAt: new Date(now) });
    await recordChange(ctx, tx, {
      action: "session.begin",
      objectKind: "user",
      objectId: userId,
      after: { sessionId },
    });
    return sessionId;
  });
}
