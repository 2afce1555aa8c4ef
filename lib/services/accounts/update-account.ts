import type { z } from "zod";
import type { Account, UpdateAccountBody } from "../../contracts/accounts";
import type { AccountFields, AccountRow } from "../../db/accounts";
import type { Provider } from "../../relay/providers/provider";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";
import { accountSecretPlace } from "../relay/account-secret";
import {
  checkAddresses,
  demandProvider,
  hintOf,
  leadsElsewhere,
  microOf,
  parseSecret,
  parseSettings,
  refusal,
  tokenEndOf,
} from "./account-form";
import { checkProxy, sealedProxy } from "./account-proxy-form";
import { changeAccount } from "./change-account";
import { checkReturnKey } from "./create-account";
import { findAccount } from "./find-account";
import { checkProbeCron } from "./probe-schedule";

type Body = z.output<typeof UpdateAccountBody>;

/**
 * Changes an account (admins). When a URL setting leads to another host the secret must come with
 * it: a stored one is never sent to an address that it was not given for.
 */
export async function updateAccount(ctx: Context, input: Body & { id: string }): Promise<Account> {
  authorize(ctx.actor, "account.manage");
  const {
    id,
    settings: givenSettings,
    secret,
    planExpiresAt,
    proxy,
    dailyQuotaMicroUsd,
    ...plain
  } = input;
  const row = await findAccount(ctx, id);
  const provider = demandProvider(row.provider);
  const settings = await checkedSettings(ctx, provider, row, input);
  await checkReturnKey(ctx, input.returnKeyId);
  await checkProxy(ctx, proxy);
  checkProbeCron(input.probeCron, new Date(ctx.clock.nowMs()));
  const fields: AccountFields = {
    ...plain,
    ...(planExpiresAt !== undefined && { planExpiresAt: momentOf(planExpiresAt) }),
    ...(settings && { settings }),
    // A new schedule begins anew.
    ...(input.probeCron !== undefined &&
      input.probeCron !== row.probeCron && { nextProbeAt: null }),
    sealedProxy: sealedProxy(ctx, id, proxy),
    dailyQuotaMicroUsd: microOf(dailyQuotaMicroUsd),
    ...(secret && sealed(ctx, provider, id, secret)),
  };
  // What the old secret was stopped for does not hold for a new one.
  if (secret) await ctx.live.reset(id);
  return changeAccount(ctx, row, "account.update", fields);
}

function momentOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}

async function checkedSettings(ctx: Context, provider: Provider, row: AccountRow, input: Body) {
  if (!input.settings) return null;
  const before = { ...Object(row.settings) };
  const after = parseSettings(provider, { ...before, ...input.settings });
  if (leadsElsewhere(provider, before, after) && !input.secret) {
    throw refusal({ secret: "The address leads to another host: enter the secret again." });
  }
  await checkAddresses(ctx, provider, after);
  return after;
}

function sealed(
  ctx: Context,
  provider: Provider,
  id: string,
  given: NonNullable<Body["secret"]>,
): AccountFields {
  const secret = parseSecret(provider, given);
  return {
    sealedSecret: ctx.vault.seal(accountSecretPlace(id), JSON.stringify(secret)),
    secretHint: hintOf(secret),
    tokenExpiresAt: tokenEndOf(provider, secret),
  };
}
