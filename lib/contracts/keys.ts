import { z } from "zod";
import { FACES } from "../shared/faces";
import {
  FilterText,
  Id,
  MicroUsd,
  MicroUsdLimit,
  ModelMapEntries,
  Moment,
  Name,
  Note,
  PageQuery,
} from "./common";

export const Face = z.enum(FACES);

const KeyLimitFields = {
  dailyLimitMicroUsd: MicroUsdLimit,
  weeklyLimitMicroUsd: MicroUsdLimit,
  monthlyLimitMicroUsd: MicroUsdLimit,
  totalLimitMicroUsd: MicroUsdLimit,
  /** Requests at the same time. */
  concurrencyLimit: z.number().int().min(1).max(10_000).nullable(),
  rateWindowSeconds: z.number().int().min(1).max(86_400).nullable(),
  rateWindowRequests: z.number().int().min(1).max(1_000_000).nullable(),
};

const KeyOptionFields = {
  note: Note,
  tags: z.array(z.string().trim().min(1).max(40)).max(20),
  expiresAt: Moment.nullable(),
  /** Life in seconds counted from the first use. */
  lifetimeSeconds: z.number().int().min(60).max(315_360_000).nullable(),
  /** Faces that the key opens; empty means all. */
  faces: z.array(Face).max(10),
  /** Patterns with `*` on the requested model. */
  modelRule: z
    .strictObject({
      mode: z.enum(["allow", "deny"]),
      patterns: z.array(z.string().trim().min(1).max(200)).min(1).max(100),
    })
    .nullable(),
  modelMap: ModelMapEntries,
  allowedClients: z.array(z.string().trim().min(1).max(200)).max(50),
  /** Addresses and CIDR ranges; empty means any. */
  ipAllow: z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])).max(100),
  ...KeyLimitFields,
};

const AdminKeyFields = {
  /** The one account or group that serves this key; `fallback` lets it use the shared pool as well. */
  binding: z
    .strictObject({ kind: z.enum(["account", "group"]), id: Id, fallback: z.boolean() })
    .nullable(),
  /** Factor of the charge in parts per million. */
  ratePpm: z.string().regex(/^\d{1,12}$/),
  ownerMayEdit: z.boolean(),
};

export const CreateKeyBody = z.strictObject({
  name: Name,
  ...z.strictObject(KeyOptionFields).partial().shape,
});
export type CreateKeyBody = z.input<typeof CreateKeyBody>;
export const UpdateKeyBody = z.strictObject({ name: Name, ...KeyOptionFields }).partial();
export type UpdateKeyBody = z.input<typeof UpdateKeyBody>;

/** What an admin may set besides: for whom the key is, and what its owner may not change. */
export const AdminCreateKeyBody = z.strictObject({
  ...CreateKeyBody.shape,
  ...z.strictObject(AdminKeyFields).partial().shape,
  ownerId: Id,
});
export type AdminCreateKeyBody = z.input<typeof AdminCreateKeyBody>;
export const AdminUpdateKeyBody = z
  .strictObject({ name: Name, ...KeyOptionFields, ...AdminKeyFields })
  .partial();
export type AdminUpdateKeyBody = z.input<typeof AdminUpdateKeyBody>;

export const RollKeyBody = z.strictObject({
  /** How long the secret before stays valid; 0 ends it at once. At most 30 days. */
  overlapSeconds: z.number().int().min(0).max(2_592_000).default(0),
});
export type RollKeyBody = z.input<typeof RollKeyBody>;

export const KeyState = z.enum(["live", "paused", "expired", "revoked"]);
/** How much of one money limit is used. */
export const KeySpend = z.object({
  period: z.enum(["day", "week", "month", "total"]),
  spentMicroUsd: MicroUsd,
  limitMicroUsd: MicroUsdLimit,
  /** Start of the next period in the portal's time zone; null for the total. */
  resetsAt: Moment.nullable(),
});
export type KeySpend = z.output<typeof KeySpend>;

export const Key = z.object({
  id: z.string(),
  name: z.string(),
  state: KeyState,
  /** Visible start of the newest secret. */
  start: z.string(),
  /** Secrets that open it now; two while a roll overlaps. */
  secrets: z.array(
    z.object({ start: z.string(), createdAt: Moment, validUntil: Moment.nullable() }),
  ),
  createdAt: Moment,
  firstUsedAt: Moment.nullable(),
  lastUsedAt: Moment.nullable(),
  pausedAt: Moment.nullable(),
  revokedAt: Moment.nullable(),
  ...KeyOptionFields,
  note: z.string(),
  spend: z.array(KeySpend),
  ownerMayEdit: z.boolean(),
  /** Who owns it, and what an admin set; null in a member's own list. */
  owner: z.object({ id: z.string(), email: z.string(), name: z.string() }).nullable(),
  binding: AdminKeyFields.binding,
  ratePpm: z.string(),
});
export type Key = z.output<typeof Key>;

/** The only answer that ever carries a whole secret. */
export const CreatedKey = z.object({ key: Key, secret: z.string() });
export type CreatedKey = z.output<typeof CreatedKey>;

export const KeyListQuery = z
  .strictObject({
    search: FilterText(100),
    state: KeyState,
  })
  .partial();
export type KeyListQuery = z.input<typeof KeyListQuery>;

export const AllKeysQuery = z.strictObject({
  ...PageQuery.shape,
  search: FilterText(100).optional(),
  ownerId: Id.optional(),
});
export type AllKeysQuery = z.input<typeof AllKeysQuery>;
