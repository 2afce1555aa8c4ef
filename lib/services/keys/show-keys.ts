import { z } from "zod";
import { ModelMapEntries } from "../../contracts/common";
import { AdminCreateKeyBody, CreateKeyBody, Face, type Key } from "../../contracts/keys";
import type { KeyRow } from "../../db/keys";
import { readStoredSettings } from "../../db/settings";
import { type Spend, spendOfKeys } from "../../db/spend";
import type { Context } from "../context";
import { heldSettings } from "../settings/stored";
import { spendBars, spendPeriods } from "./spend-bars";

const Faces = z.array(Face).catch([]);
const Rule = CreateKeyBody.shape.modelRule.unwrap().catch(null);
const Map_ = ModelMapEntries.catch([]);
const Binding = AdminCreateKeyBody.shape.binding.unwrap().catch(null);

/** Keys as they are answered, with what they have spent. Owner and binding are for admins' eyes. */
export async function showKeys(ctx: Context, rows: readonly KeyRow[]): Promise<Key[]> {
  if (rows.length === 0) return [];
  const { timeZone } = heldSettings(await readStoredSettings(ctx.db));
  const nowMs = ctx.clock.nowMs();
  const ids = rows.map((row) => row.id);
  const spend = await spendOfKeys(ctx.db, ids, spendPeriods(nowMs, timeZone));
  const full = seesAll(ctx);
  return rows.map((row) => ({
    ...showKey(row, spend.get(row.id), nowMs, timeZone),
    owner: full ? row.owner : null,
    binding: full ? Binding.parse(row.binding) : null,
  }));
}

/** One key as it is answered. */
export async function showOneKey(ctx: Context, row: KeyRow): Promise<Key> {
  const [key] = await showKeys(ctx, [row]);
  if (!key) throw new TypeError("One row makes one key.");
  return key;
}

function seesAll({ actor }: Context): boolean {
  return actor.kind === "user" ? actor.user.role === "admin" : actor.kind !== "anonymous";
}

function showKey(row: KeyRow, spend: Spend | undefined, nowMs: number, timeZone: string) {
  const live = row.secrets.filter(({ validUntil }) => !validUntil || validUntil.getTime() > nowMs);
  return {
    id: row.id,
    name: row.name,
    state: stateOf(row, nowMs),
    start: row.secrets[0]?.start ?? "",
    secrets: live.map(({ start, createdAt, validUntil }) => ({
      start,
      createdAt: createdAt.toISOString(),
      validUntil: text(validUntil),
    })),
    createdAt: row.createdAt.toISOString(),
    firstUsedAt: text(row.firstUsedAt),
    lastUsedAt: text(row.lastUsedAt),
    pausedAt: text(row.pausedAt),
    revokedAt: text(row.revokedAt),
    note: row.note,
    tags: row.tags,
    expiresAt: text(row.expiresAt),
    lifetimeSeconds: row.lifetimeSeconds,
    faces: Faces.parse(row.faces),
    modelRule: Rule.parse(row.modelRule),
    modelMap: Map_.parse(row.modelMap),
    allowedClients: row.allowedClients,
    ipAllow: row.ipAllow,
    concurrencyLimit: row.concurrencyLimit,
    rateWindowSeconds: row.rateWindowSeconds,
    rateWindowRequests: row.rateWindowRequests,
    dailyLimitMicroUsd: row.dailyLimitMicroUsd?.toString() ?? null,
    weeklyLimitMicroUsd: row.weeklyLimitMicroUsd?.toString() ?? null,
    monthlyLimitMicroUsd: row.monthlyLimitMicroUsd?.toString() ?? null,
    totalLimitMicroUsd: row.totalLimitMicroUsd?.toString() ?? null,
    spend: spendBars(spend, row, nowMs, timeZone),
    ownerMayEdit: row.ownerMayEdit,
    ratePpm: row.ratePpm.toString(),
  };
}

function stateOf(row: KeyRow, nowMs: number): Key["state"] {
  if (row.revokedAt) return "revoked";
  if (endOf(row) <= nowMs) return "expired";
  return row.pausedAt ? "paused" : "live";
}

function endOf({ expiresAt, firstUsedAt, lifetimeSeconds }: KeyRow): number {
  const fixed = expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
  if (!firstUsedAt || lifetimeSeconds === null) return fixed;
  return Math.min(fixed, firstUsedAt.getTime() + lifetimeSeconds * 1_000);
}

function text(moment: Date | null): string | null {
  return moment?.toISOString() ?? null;
}
