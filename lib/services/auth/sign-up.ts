import type { z } from "zod";
import type { SignedUp, SignUpBody } from "../../contracts/auth";
import type { Db } from "../../db/client";
import { readStoredSettings } from "../../db/settings";
import { claimToken } from "../../db/tokens";
import { hasAdmin, insertUser } from "../../db/users";
import { AppError } from "../../shared/errors";
import { recordChange } from "../audit/record-change";
import type { Context } from "../context";
import { heldSettings } from "../settings/stored";
import { authorize } from "./authorize";
import { hashLinkToken } from "./link-token";
import { hashPassword } from "./password";
import { slowDownAddress } from "./slow-down";

type Input = z.output<typeof SignUpBody>;

/** Undoes an invitation's claim when the address is taken, without telling the caller. */
class AddressTaken extends Error {}

/**
 * Makes an account where the policy allows it: for everybody, or with an invitation. The answer is
 * the same when the address has an account already. Throws `forbidden` when the policy refuses.
 */
export async function signUp(ctx: Context, input: Input): Promise<SignedUp> {
  authorize(ctx.actor, "account-links.use");
  await slowDownAddress(ctx);
  const { signUpPolicy } = heldSettings(await readStoredSettings(ctx.db));
  if (!(await hasAdmin(ctx.db))) throw closed("This portal is not set up yet.");
  if (signUpPolicy === "closed") throw closed("Nobody can sign up here at present.");
  if (signUpPolicy === "invite" && !input.invitation) throw closed("An invitation is needed.");
  const passwordHash = await hashPassword(input.password);
  try {
    await ctx.db.$transaction((tx) => makeMember(ctx, tx, input, passwordHash));
  } catch (thrown) {
    if (!(thrown instanceof AddressTaken)) throw thrown;
  }
  return { email: input.email };
}

async function makeMember(ctx: Context, tx: Db, input: Input, passwordHash: string) {
  const role = input.invitation ? await roleOfInvitation(ctx, tx, input) : "member";
  const { email, name, locale, timeZone } = input;
  const userId = await insertUser(tx, { email, name, locale, timeZone, passwordHash, role });
  if (!userId) throw new AddressTaken();
  await recordChange(ctx, tx, {
    action: "user.sign-up",
    objectKind: "user",
    objectId: userId,
    after: { email, name, role },
  });
}

async function roleOfInvitation(ctx: Context, tx: Db, input: Input) {
  const hash = hashLinkToken(input.invitation ?? "");
  const token = await claimToken(tx, "invitation", hash, new Date(ctx.clock.nowMs()));
  if (!token) throw closed("This invitation is spent or no longer valid.");
  if (token.email && token.email !== input.email) {
    throw closed("This invitation is for another e-mail address.");
  }
  return token.role;
}

function closed(message: string): AppError {
  return new AppError("forbidden", message);
}
