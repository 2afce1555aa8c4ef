import type { z } from "zod";
import type { Account } from "../../contracts/accounts";
import type { FinishSignInBody, SignInAnswer } from "../../contracts/sign-ins";
import type { Provider } from "../../relay/providers/provider";
import type { Granted } from "../../relay/providers/sign-in";
import { AppError } from "../../shared/errors";
import { demandProvider, hintOf, refusal } from "../accounts/account-form";
import { askThrough } from "../accounts/ask";
import { changeAccount } from "../accounts/change-account";
import { addAccount } from "../accounts/create-account";
import { findAccount } from "../accounts/find-account";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";
import { accountSecretPlace } from "../relay/account-secret";
import { type OpenSignIn, readSignIn } from "./open-sign-in";

type Input = z.output<typeof FinishSignInBody> & { id: string };

/**
 * Ends a sign-in (admins): exchanges what was pasted, or asks whether a device flow is done, and adds
 * the account, or gives a known one its new secret, state and history kept. A code that the provider
 * refuses leaves the sign-in open for another try.
 */
export async function finishSignIn(ctx: Context, input: Input): Promise<SignInAnswer> {
  authorize(ctx.actor, "account.manage");
  const open = await readSignIn(ctx, input.id);
  if (open.accountId === null && !input.account) {
    throw refusal({ name: "A new account needs a name." });
  }
  const provider = demandProvider(open.provider);
  const granted = await grantedBy(ctx, provider, open, input);
  if (!granted) return { state: "waiting" };
  // Two browsers may end the same sign-in: its grant belongs to one account.
  if (!(await ctx.signIns.end(input.id))) {
    throw new AppError("conflict", "This sign-in was just ended elsewhere.");
  }
  const account = open.accountId
    ? await signedInAgain(ctx, open, open.accountId, granted)
    : await signedIn(ctx, provider, open, input, granted);
  return { state: "done", account };
}

async function grantedBy(
  ctx: Context,
  { signIn }: Provider,
  { settings, seeds, deviceCode, proxy }: OpenSignIn,
  { id, pasted }: Input,
): Promise<Granted<unknown> | null> {
  const ask = askThrough(ctx.outbound.dispatch, id, { proxy });
  const nowMs = ctx.clock.nowMs();
  try {
    if (deviceCode !== null && signIn?.poll) {
      return await signIn.poll(settings, deviceCode, ask, nowMs);
    }
    if (pasted === undefined || !signIn?.finish) {
      throw refusal({ pasted: "Paste the code, or the address that the browser ended at." });
    }
    return await signIn.finish(settings, seeds, pasted, ask, nowMs);
  } catch (thrown) {
    throw said(thrown);
  }
}

/** Here the caller is the admin: what the provider says is about what was pasted. */
function said(thrown: unknown): unknown {
  if (!(thrown instanceof AppError) || thrown.code !== "upstream_denied") return thrown;
  const message =
    "The provider did not take this code. Begin again, and paste it within a few minutes.";
  return refusal({ pasted: message }, thrown);
}

function signedIn(
  ctx: Context,
  provider: Provider,
  open: OpenSignIn,
  { account }: Input,
  granted: Granted<unknown>,
): Promise<Account> {
  if (!account) throw refusal({ name: "A new account needs a name." });
  const note = account.note || granted.identity || "";
  return addAccount(ctx, provider, {
    fields: { ...account, note },
    settings: { ...open.settings, ...granted.settings },
    secret: Object(granted.secret),
    tokenExpiresAt: momentOf(granted.expiresAtMs),
  });
}

async function signedInAgain(
  ctx: Context,
  open: OpenSignIn,
  accountId: string,
  { secret, settings, expiresAtMs }: Granted<unknown>,
): Promise<Account> {
  const row = await findAccount(ctx, accountId);
  const account = await changeAccount(ctx, row, "account.sign-in", {
    settings: { ...open.settings, ...settings },
    sealedSecret: ctx.vault.seal(accountSecretPlace(accountId), JSON.stringify(secret)),
    secretHint: hintOf({ ...Object(secret) }),
    tokenExpiresAt: momentOf(expiresAtMs),
  });
  // What the old secret was stopped for does not hold for the new one.
  await ctx.live.reset(accountId);
  await ctx.changed("accounts", accountId);
  return account;
}

function momentOf(atMs: number | null): Date | null {
  return atMs === null ? null : new Date(atMs);
}
