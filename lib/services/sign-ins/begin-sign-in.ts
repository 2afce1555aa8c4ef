import { createHash, randomBytes } from "node:crypto";
import type { z } from "zod";
import type { BeginSignInBody, BegunSignIn } from "../../contracts/sign-ins";
import type { Provider } from "../../relay/providers/provider";
import type { SignInSeeds } from "../../relay/providers/sign-in";
import { AppError } from "../../shared/errors";
import { checkAddresses, demandProvider, parseSettings } from "../accounts/account-form";
import { checkProxy } from "../accounts/account-proxy-form";
import { askThrough } from "../accounts/ask";
import { findAccount } from "../accounts/find-account";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";
import { openAccountProxy } from "../relay/account-proxy";
import { type OpenSignIn, signInPlace } from "./open-sign-in";

/** Time to agree at the provider and to come back. */
const OPEN_SECONDS = 15 * 60;

/**
 * Begins a sign-in at a provider and answers what the admin goes on with (admins). What ends it is kept
 * sealed; nothing of it reaches the browser but the address and, for a device flow, the code to type.
 */
export async function beginSignIn(
  ctx: Context,
  input: z.output<typeof BeginSignInBody>,
): Promise<BegunSignIn> {
  authorize(ctx.actor, "account.manage");
  const provider = demandProvider(input.provider);
  const { signIn } = provider;
  if (!signIn) throw new AppError("invalid_request", "Accounts of this kind are not signed in.");
  const settings = await settingsFor(ctx, provider, input);
  await checkAddresses(ctx, provider, settings);
  const proxy = await proxyFor(ctx, input);
  // Unguessable: it is all that the second half names.
  const id = `sig_${randomBytes(24).toString("hex")}`;
  const seeds = newSeeds();
  const step = await signIn.begin(
    settings,
    seeds,
    askThrough(ctx.outbound.dispatch, id, { proxy }),
  );
  const isDevice = step.kind === "device";
  const open: OpenSignIn = {
    provider: provider.id,
    settings,
    accountId: input.accountId ?? null,
    proxy,
    seeds,
    deviceCode: isDevice ? step.deviceCode : null,
  };
  const expiresInSeconds = isDevice ? Math.min(step.expiresInSeconds, OPEN_SECONDS) : OPEN_SECONDS;
  const sealed = ctx.vault.seal(signInPlace(id), JSON.stringify(open));
  await ctx.signIns.put(id, sealed, expiresInSeconds * 1_000);
  return {
    id,
    kind: step.kind,
    url: step.url,
    userCode: isDevice ? step.userCode : null,
    intervalSeconds: isDevice ? step.intervalSeconds : null,
    expiresInSeconds,
  };
}

/** A known account keeps its settings: only what the form changes is new. */
async function settingsFor(
  ctx: Context,
  provider: Provider,
  { accountId, settings }: z.output<typeof BeginSignInBody>,
): Promise<Record<string, unknown>> {
  if (accountId === undefined) return parseSettings(provider, settings);
  const row = await findAccount(ctx, accountId);
  if (row.provider !== provider.id) {
    throw new AppError("invalid_request", "The account is of another kind.");
  }
  return parseSettings(provider, { ...Object(row.settings), ...settings });
}

/** The proxy that was just typed, or the one of an account that is signed in again. */
async function proxyFor(
  ctx: Context,
  { accountId, proxy }: z.output<typeof BeginSignInBody>,
): Promise<string | null> {
  await checkProxy(ctx, proxy);
  if (proxy !== undefined || accountId === undefined) return proxy ?? null;
  const { sealedProxy } = await findAccount(ctx, accountId);
  return openAccountProxy(ctx.vault, accountId, sealedProxy);
}

function newSeeds(): SignInSeeds {
  const verifier = randomText(48);
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  return { state: randomText(32), verifier, challenge };
}

function randomText(bytes: number): string {
  return randomBytes(bytes).toString("base64url");
}
