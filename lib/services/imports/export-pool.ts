import type { z } from "zod";
import { ModelMapEntries } from "../../contracts/common";
import type { ExportPoolBody } from "../../contracts/imports";
import { type AccountRow, listAccountRows } from "../../db/accounts";
import { listGroupRows } from "../../db/groups";
import { recordChange } from "../audit/record-change";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";
import { openAccountProxy } from "../relay/account-proxy";
import { accountSecretPlace } from "../relay/account-secret";
import { POOL_FORMAT, type PoolFile } from "./pool-file";

/**
 * The whole pool as a file that another portal imports (admins). With its secrets it is as valuable as the
 * accounts themselves, which is why each export leaves an audit entry that says whether it had them.
 */
export async function exportPool(
  ctx: Context,
  { withSecrets }: z.output<typeof ExportPoolBody>,
): Promise<PoolFile> {
  authorize(ctx.actor, "pool.export");
  const rows = await listAccountRows(ctx.db);
  const accounts = rows.map((row) => exported(ctx, row, withSecrets));
  const groups = (await listGroupRows(ctx.db)).map(({ id, name, note, members }) => ({
    id,
    name,
    note,
    members: members.map(({ accountId }) => accountId),
  }));
  await ctx.db.$transaction((tx) =>
    recordChange(ctx, tx, {
      action: "pool.export",
      objectKind: "pool",
      objectId: "pool",
      after: { accounts: accounts.length, withSecrets },
    }),
  );
  const exportedAt = new Date(ctx.clock.nowMs()).toISOString();
  return { format: POOL_FORMAT, version: 1, exportedAt, accounts, groups };
}

function exported(
  ctx: Context,
  row: AccountRow,
  withSecrets: boolean,
): PoolFile["accounts"][number] {
  const { id, provider, name, note, sharing, enabled, schedulable, priority, weight } = row;
  return {
    id,
    provider,
    name,
    note,
    sharing,
    enabled,
    schedulable,
    priority,
    weight,
    maxConcurrency: row.maxConcurrency,
    settings: { ...Object(row.settings) },
    modelMap: ModelMapEntries.catch([]).parse(row.modelMap),
    pauseAtPercent: row.pauseAtPercent,
    dailyQuotaMicroUsd: row.dailyQuotaMicroUsd?.toString() ?? null,
    quotaResetHour: row.quotaResetHour,
    planExpiresAt: row.planExpiresAt?.toISOString() ?? null,
    ...(withSecrets && {
      secret: openSecret(ctx, row),
      proxy: openAccountProxy(ctx.vault, id, row.sealedProxy),
    }),
  };
}

function openSecret(ctx: Context, { id, sealedSecret }: AccountRow): Record<string, unknown> {
  return { ...Object(JSON.parse(ctx.vault.open(accountSecretPlace(id), sealedSecret))) };
}
