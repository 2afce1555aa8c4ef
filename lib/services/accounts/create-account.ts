import type { z } from "zod";
import type { Account, CreateAccountBody } from "../../contracts/accounts";
import { findAccountRow, insertAccount } from "../../db/accounts";
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
  parseSecret,
  parseSettings,
  refusal,
  tokenEndOf,
} from "./account-form";
import { auditedAccount } from "./audited-account";
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
  fields: Omit<z.output<typeof CreateAccountBody>, "provider" | "settings" | "secret">;
  settings: Record<string, unknown>;
  secret: object;
  tokenExpiresAt: Date | null;
}

/** Adds an account whose parts fit its provider's schemas, for an actor who may. */
export async function addAccount(
  ctx: Context,
  provider: Provider,
  { fields, settings, secret, tokenExpiresAt }: NewAccount,
): Promise<Account> {
  await checkAddresses(ctx, provider, settings);
  await checkReturnKey(ctx, fields.returnKeyId);
  const id = newId("account");
  const row = await ctx.db.$transaction(async (tx) => {
    await insertAccount(tx, id, provider.id, {
      ...fields,
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
  });
  await ctx.changed("accounts", id);
  return showOneAccount(ctx, row);
}

/** The key that an upstream calls back with must be one of this portal's. */
export async function checkReturnKey(ctx: Context, id: string | null | undefined): Promise<void> {
  if (!id || (await findKeyRow(ctx.db, id))) return;
  throw refusal({ returnKeyId: "There is no such key." });
}
