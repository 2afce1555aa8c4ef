import type { z } from "zod";
import type { SetUpBody, SignedUp } from "../../contracts/auth";
import type { Db } from "../../db/client";
import { claimToken } from "../../db/tokens";
import { hasAdmin, insertUser, lockAdmins } from "../../db/users";
import { AppError } from "../../shared/errors";
import { recordChange } from "../audit/record-change";
import type { Context } from "../context";
import { authorize, notFound } from "./authorize";
import { hashLinkToken } from "./link-token";
import { hashPassword } from "./password";
import { slowDownAddress } from "./slow-down";

type Input = z.output<typeof SetUpBody>;

/**
 * Makes the first admin from the one-time set-up link. However many callers use it at once, one
 * admin comes into being; for all others there is no such link.
 */
export async function setUp(ctx: Context, input: Input): Promise<SignedUp> {
  authorize(ctx.actor, "account-links.use");
  await slowDownAddress(ctx);
  // Late callers are sent away without queueing for the lock below.
  if (await hasAdmin(ctx.db)) throw notFound();
  const passwordHash = await hashPassword(input.password);
  await ctx.db.$transaction((tx) => makeAdmin(ctx, tx, input, passwordHash));
  return { email: input.email };
}

async function makeAdmin(ctx: Context, tx: Db, input: Input, passwordHash: string) {
  await lockAdmins(tx);
  if (await hasAdmin(tx)) throw notFound();
  const now = new Date(ctx.clock.nowMs());
  if (!(await claimToken(tx, "setup", hashLinkToken(input.token), now))) throw notFound();
  const { email, name, locale, timeZone } = input;
  const admin = { email, name, locale, timeZone, passwordHash, role: "admin" } as const;
  const userId = await insertUser(tx, admin);
  if (!userId) throw new AppError("conflict", "This e-mail address has an account already.");
  await recordChange(ctx, tx, {
    action: "user.set-up",
    objectKind: "user",
    objectId: userId,
    after: { email, name, role: "admin" },
  });
}
