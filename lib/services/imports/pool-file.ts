import { z } from "zod";
import type { ForeignAccount, ForeignPool, LeftOut } from "./foreign";

/** Name and version of the portal's own export. */
export const POOL_FORMAT = "relay-portal-pool";
const VERSION = 1;

const Account = z.object({
  id: z.string().min(1),
  provider: z.string(),
  name: z.string(),
  note: z.string().default(""),
  sharing: z.enum(["shared", "dedicated", "group"]).default("shared"),
  enabled: z.boolean().default(true),
  schedulable: z.boolean().default(true),
  priority: z.number().int().min(1).max(100).default(50),
  weight: z.number().int().min(0).max(1_000).default(1),
  maxConcurrency: z.number().int().min(1).nullable().default(null),
  settings: z.record(z.string(), z.unknown()).default({}),
  modelMap: z.array(z.object({ from: z.string(), to: z.string() })).default([]),
  pauseAtPercent: z.number().int().min(1).max(100).nullable().default(null),
  dailyQuotaMicroUsd: z
    .string()
    .regex(/^\d{1,18}$/)
    .nullable()
    .default(null),
  quotaResetHour: z.number().int().min(0).max(23).default(0),
  planExpiresAt: z.iso.datetime({ offset: true }).nullable().default(null),
  /** Absent from an export without secrets. */
  secret: z.record(z.string(), z.unknown()).optional(),
  proxy: z.string().nullable().optional(),
});

/** The pool of a portal of this kind, as it exports and imports it. */
export const PoolFile = z.object({
  format: z.literal(POOL_FORMAT),
  version: z.literal(VERSION),
  exportedAt: z.iso.datetime({ offset: true }),
  accounts: z.array(Account),
  groups: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        note: z.string(),
        members: z.array(z.string()),
      }),
    )
    .default([]),
});
export type PoolFile = z.input<typeof PoolFile>;

/** What such a file holds. Accounts that were exported without their secret are left out. */
export function readPoolFile({ accounts, groups }: z.output<typeof PoolFile>): ForeignPool {
  return {
    source: "pool",
    accounts: accounts.flatMap((one) => (one.secret ? [accountOf(one, one.secret)] : [])),
    groups: groups.map(({ id, ...group }) => ({ ...group, foreignId: id })),
    keys: [],
    leftOut: accounts.flatMap((one) => (one.secret ? [] : [withoutSecret(one)])),
  };
}

function accountOf(
  { id, provider, name, settings, proxy, secret: _, ...fields }: z.output<typeof Account>,
  secret: Record<string, unknown>,
): ForeignAccount {
  return {
    foreignId: id,
    name,
    provider,
    settings,
    secret,
    fields,
    proxy: proxy ?? null,
    notes: [],
  };
}

function withoutSecret({ id, name, provider }: z.output<typeof Account>): LeftOut {
  return { kind: "account", foreignId: id, name, detail: provider, reason: "no-secret" };
}
