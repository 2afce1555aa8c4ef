import type { z } from "zod";
import type { Account, CreateAccountBody } from "../../contracts/accounts";
import { type AccountRow, findAccountRow, insertAccount } from "../../db/accounts";
import type { Db } from "../../db/client";
import { findKeyRow } from "../../db/keys";
import type { Provider } from "../../relay/providers/provider";
import { newId } from "../../shared/ids";
import { recordChange } from "../audit/record-change";
import { authorize, notFound } from "../auth/authorize";
import type { Context } from "../context";
import { accountSecretPlace } from "../relay/account-secret";
import {
  checkAddresses,
  demandProvider,
  hintOf,
  microOf,
  parseSecret,
  parseSettings,
  refusal,
  tokenEndOf,
} from "./account-form";
import { checkProxy, sealedProxy } from "./account-proxy-form";
import { auditedAccount } from "./audited-account";
import { checkProbeCron } from "./probe-schedule";
import { showOneAccount } from "./show-accounts";

/** Adds an account to the pool. Its secret is sealed at once and never read back (admins). */
export async function createAccount(
  ctx: Context,
  input: z.output<typeof CreateAccountBody>,
): Promise<Account> {
  authorize(ctx.actor, "account.manage");
  const { provider: providerId, settings: givenSettings, secret: given, ...fields } = input;
  const provider = demandProvider(providerId);
  const settings = parseSettings(provider, givenSettings);
  const secret = parseSecret(provider, given);
  const tokenExpiresAt = tokenEndOf(provider, secret);
  return addAccount(ctx, provider, { fields, settings, secret, tokenExpiresAt });
}

export interface NewAccount {
  fields: Omit<z.output<typeof CreateAccountBody>, "provider" | "settings" | "secret"> & {
    /** false for one that starts paused. */
    enabled?: boolean | undefined;
  };
  settings: Record<string, unknown>;
  secret: object;
  tokenExpiresAt: Date | null;
}

/** Adds an account whose parts fit its provider's schemas, for an actor who may. */
export async function addAccount(
  ctx: Context,
  provider: Provider,
  account: NewAccount,
): Promise<Account> {
  await checkAddresses(ctx, provider, account.settings);
  await checkProxy(ctx, account.fields.proxy);
  checkProbeCron(account.fields.probeCron, new Date(ctx.clock.nowMs()));
  await checkReturnKey(ctx, account.fields.returnKeyId);
  const row = await ctx.db.$transaction((tx) => storeAccount(ctx, tx, provider, account));
  await ctx.changed("accounts", row.id);
  return showOneAccount(ctx, row);
}

/** Writes a new account, sealed, with its audit entry; everything about it was checked before. */
export async function storeAccount(
  ctx: Context,
  tx: Db,
  provider: Provider,
  { fields, settings, secret, tokenExpiresAt }: NewAccount,
): Promise<AccountRow> {
  const id = newId("account");
  const { proxy, dailyQuotaMicroUsd, ...plain } = fields;
  await insertAccount(tx, id, provider.id, {
    ...plain,
    sealedProxy: sealedProxy(ctx, id, proxy),
    dailyQuotaMicroUsd: microOf(dailyQuotaMicroUsd),
    planExpiresAt: fields.planExpiresAt ? new Date(fields.planExpiresAt) : null,
    modelMap: fields.modelMap ?? provider.defaultModelMap.entries,
    settings,
    sealedSecret: ctx.vault.seal(accountSecretPlace(id), JSON.stringify(secret)),
    secretHint: hintOf({ ...secret }),
    tokenExpiresAt,
  });
  const made = await findAccountRow(tx, id);
  if (!made) throw notFound();
  await recordChange(ctx, tx, {
    action: "account.create",
    objectKind: "account",
    objectId: id,
    after: auditedAccount(made),
  });
  return made;
}

/** The key that an upstream calls back with must be one of this portal's. */
export async function checkReturnKey(ctx: Context, id: string | null | undefined): Promise<void> {
  if (!id || (await findKeyRow(ctx.db, id))) return;
  throw refusal({ returnKeyId: "There is no such key." });
}
