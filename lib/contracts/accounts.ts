import { z } from "zod";
import { Id, MicroUsd, MicroUsdLimit, ModelMapEntries, Moment, Name, Note } from "./common";

/** One field of a provider's form, drawn from its schema. */
export const FormField = z.object({
  name: z.string(),
  label: z.string(),
  help: z.string().nullable(),
  kind: z.enum(["text", "url", "secret", "number", "boolean", "select"]),
  required: z.boolean(),
  default: z.union([z.string(), z.number(), z.boolean()]).nullable(),
  options: z.array(z.string()),
  /** Folded away: few people change it. */
  advanced: z.boolean(),
});
export type FormField = z.output<typeof FormField>;

/** A kind of account with its form. */
export const ProviderForm = z.object({
  id: z.string(),
  label: z.string(),
  protocol: z.string(),
  settings: z.array(FormField),
  secret: z.array(FormField),
  /** Settings whose changed host demands the secret again. */
  urlSettings: z.array(z.string()),
  /** How an account of this kind can be connected in the browser; null where its secret is typed in. */
  signIn: z.enum(["paste", "device"]).nullable(),
  defaultModelMap: ModelMapEntries,
});
export type ProviderForm = z.output<typeof ProviderForm>;

const Values = z.record(
  z.string().max(100),
  z.union([z.string().max(20_000), z.number(), z.boolean()]),
);
/** How an account's rests differ from the portal's own rules. */
export const CoolDownOverrides = z.strictObject({
  /** Longest rest; null = the portal's. */
  maxSeconds: z.number().int().min(1).max(86_400).nullable(),
  /** Quota answers are passed on and change nothing. */
  ignoreLimits: z.boolean(),
  /** So are overloads and failures. */
  ignoreFailures: z.boolean(),
});
export type CoolDownOverrides = z.output<typeof CoolDownOverrides>;

const AccountFields = {
  name: Name,
  note: Note,
  sharing: z.enum(["shared", "dedicated", "group"]),
  schedulable: z.boolean(),
  /** 1 to 100, lower first. */
  priority: z.number().int().min(1).max(100),
  weight: z.number().int().min(1).max(1_000),
  maxConcurrency: z.number().int().min(1).max(10_000).nullable(),
  modelMap: ModelMapEntries,
  /** The portal's key that the upstream calls back with ("leads back to the portal"); null when it does not. */
  returnKeyId: Id.nullable(),
  planExpiresAt: Moment.nullable(),
  /** Address of a proxy to go through, with its log-in; it is never answered whole. null for none. */
  proxy: z.string().trim().min(1).max(1_000).nullable(),
  /** Users whose keys it serves, by its owner's consent; null = everybody. */
  consent: z.strictObject({ userIds: z.array(Id).max(500) }).nullable(),
  /** null for the portal's own rules. */
  coolDownOverrides: CoolDownOverrides.nullable(),
  /** When the account is tested by itself: a cron expression in the portal's time zone; null = never. */
  probeCron: z.string().trim().min(1).max(100).nullable(),
  /** Most that it may cost in a day at its provider's prices; null = no limit. */
  dailyQuotaMicroUsd: MicroUsdLimit,
  /** Hour at which that day begins, in the portal's time zone. */
  quotaResetHour: z.number().int().min(0).max(23),
  /** Share of a quota window, as its upstream states it, from which on the account is held back; null = never. */
  pauseAtPercent: z.number().int().min(1).max(100).nullable(),
};

/** `settings` and `secret` are checked against the provider's own schemas. */
export const CreateAccountBody = z.strictObject({
  provider: z.string().max(100),
  ...z.strictObject(AccountFields).partial().shape,
  name: Name,
  settings: Values,
  secret: Values,
});
export type CreateAccountBody = z.input<typeof CreateAccountBody>;

/** An absent `secret` keeps the stored one; it is demanded when the host of a URL setting changes. */
export const UpdateAccountBody = z
  .strictObject({ ...AccountFields, settings: Values, secret: Values })
  .partial();
export type UpdateAccountBody = z.input<typeof UpdateAccountBody>;

export const AccountStateKind = z.enum([
  "active",
  "cooling",
  "limited",
  "quota-reached",
  "needs-sign-in",
  "blocked",
  "paused",
  "draining",
]);

export const Account = z.object({
  id: z.string(),
  provider: z.string(),
  providerLabel: z.string(),
  protocol: z.string(),
  name: z.string(),
  note: z.string(),
  sharing: z.enum(["shared", "dedicated", "group"]),
  enabled: z.boolean(),
  schedulable: z.boolean(),
  priority: z.number(),
  weight: z.number(),
  maxConcurrency: z.number().nullable(),
  settings: z.record(z.string(), z.unknown()),
  /** Visible end of the secret. */
  secretHint: z.string(),
  modelMap: ModelMapEntries,
  returnKey: z
    .object({ id: z.string(), name: z.string(), start: z.string(), owner: z.string() })
    .nullable(),
  planExpiresAt: Moment.nullable(),
  /** The proxy that it goes through, without its log-in. */
  proxy: z.object({ address: z.string(), hasLogIn: z.boolean() }).nullable(),
  pauseAtPercent: z.number().nullable(),
  quotaResetHour: z.number(),
  coolDownOverrides: CoolDownOverrides.nullable(),
  consent: z.object({ users: z.array(z.object({ id: z.string(), name: z.string() })) }).nullable(),
  probeCron: z.string().nullable(),
  nextProbeAt: Moment.nullable(),
  dailyQuota: z
    .object({ limitMicroUsd: MicroUsd, spentMicroUsd: MicroUsd, resetsAt: Moment })
    .nullable(),
  createdAt: Moment,
  lastUsedAt: Moment.nullable(),
  state: z.object({
    kind: AccountStateKind,
    /** Code of the failure that caused it; null when nothing did. */
    reason: z.string().nullable(),
    until: Moment.nullable(),
    families: z.array(z.object({ family: z.string(), until: Moment })),
    evidence: z
      .object({ status: z.number().nullable(), excerpt: z.string(), at: Moment })
      .nullable(),
  }),
  /** Requests that run on it now, over all processes. */
  inFlight: z.number(),
  /** Last 24 hours. */
  today: z.object({
    requests: z.number(),
    errors: z.number(),
    costMicroUsd: MicroUsd,
    averageFirstByteMs: z.number().nullable(),
  }),
});
export type Account = z.output<typeof Account>;

export const AccountDetail = z.object({
  account: Account,
  /** Newest first, at most 50. */
  events: z.array(
    z.object({
      id: z.string(),
      at: Moment,
      kind: z.string(),
      code: z.string(),
      status: z.number().nullable(),
      evidence: z.string(),
      until: Moment.nullable(),
      requestId: z.string().nullable(),
    }),
  ),
  windows: z.array(
    z.object({
      name: z.string(),
      usedPercent: z.number(),
      status: z.string(),
      resetsAt: Moment.nullable(),
      seenAt: Moment,
    }),
  ),
  probes: z.array(
    z.object({
      id: z.string(),
      at: Moment,
      ok: z.boolean(),
      status: z.number().nullable(),
      latencyMs: z.number().nullable(),
      detail: z.string(),
    }),
  ),
});
export type AccountDetail = z.output<typeof AccountDetail>;

export const TestAccountBody = z.strictObject({
  /** Model to ask; the provider's own choice when absent. */
  model: z.string().trim().min(1).max(200).optional(),
});
export type TestAccountBody = z.input<typeof TestAccountBody>;

/** One line (JSON + newline) of a running test; `done` or `failed` is the last. */
export const TestLine = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("started"), atMs: z.number(), model: z.string(), url: z.string() }),
  z.object({ kind: z.literal("head"), atMs: z.number(), status: z.number() }),
  z.object({ kind: z.literal("text"), atMs: z.number(), text: z.string() }),
  z.object({ kind: z.literal("done"), atMs: z.number(), status: z.number() }),
  z.object({
    kind: z.literal("failed"),
    atMs: z.number(),
    status: z.number().nullable(),
    code: z.string(),
    message: z.string(),
  }),
]);
export type TestLine = z.output<typeof TestLine>;

/** A map as it stands in the editor, saved or not. An empty map passes every name on. */
export const ModelMapMissesBody = z.strictObject({
  protocol: z.string().max(40),
  entries: ModelMapEntries,
});
export type ModelMapMissesBody = z.input<typeof ModelMapMissesBody>;
export const ModelMapMisses = z.object({
  days: z.number(),
  /** Requested names that the map would not serve, most asked first. */
  misses: z.array(z.object({ model: z.string(), requests: z.number(), lastAt: Moment })),
  /** Requested names that it serves, with what would be sent. */
  served: z.array(z.object({ model: z.string(), sent: z.string(), requests: z.number() })),
});
export type ModelMapMisses = z.output<typeof ModelMapMisses>;
