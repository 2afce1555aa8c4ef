import { z } from "zod";
import { Id, Moment } from "./common";

/** Longest text of an import file, in bytes; an export of some thousand keys is far shorter. */
export const MAX_IMPORT_BYTES = 16 * 1024 * 1024;

/** Where the foreign pool is read from. A password serves this one call and is never stored. */
const From = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("file"),
    name: z.string().max(200),
    file: z.record(z.string(), z.unknown()),
  }),
  z.strictObject({
    kind: z.literal("live"),
    url: z.string().trim().min(1).max(2_000),
    username: z.string().min(1).max(200),
    password: z.string().min(1).max(1_000),
  }),
]);

export const ImportBody = z.strictObject({
  from: From,
  /** Whose the imported keys become, where no user is called as their owner was. */
  ownerId: Id.optional(),
  /** The other portal's ENCRYPTION_KEY: without it its keys and sealed secrets stay shut. */
  pepper: z.string().min(1).max(500).optional(),
  /** The secret of Antigravity's client as the other portal was given it: its maker publishes none. */
  antigravitySecret: z.string().min(1).max(200).optional(),
});
export type ImportBody = z.input<typeof ImportBody>;

export const ImportKind = z.enum(["account", "group", "key"]);
export type ImportKind = z.output<typeof ImportKind>;

/** Why an item is left out. */
export const ImportReason = z.enum([
  "imported",
  "deleted",
  "unknown-kind",
  "no-secret",
  "redacted",
  "no-pepper",
  "no-client-secret",
  "unreadable",
  "foreign-form",
  "taken",
  "no-owner",
  "invalid",
]);
export type ImportReason = z.output<typeof ImportReason>;

/** What is not quite as it was. */
export const ImportNote = z.object({
  code: z.enum([
    "dropped",
    "spend-restarts",
    "claude-week",
    "binding-unknown",
    "binding-several",
    "binding-open",
    "no-face",
    "not-in-pool",
    "several-keys",
    "owner-unknown",
  ]),
  /** Names of the fields that it is about, as the other portal calls them. */
  fields: z.array(z.string()),
});
export type ImportNote = z.output<typeof ImportNote>;

export const ImportItem = z.object({
  kind: ImportKind,
  /** Id in the other portal. */
  foreignId: z.string(),
  name: z.string(),
  /** The kind of account, or whose key it becomes. */
  detail: z.string(),
  action: z.enum(["create", "skip"]),
  /** Why it is skipped; null for what is taken over. */
  reason: ImportReason.nullable(),
  /** A sentence more about `invalid`. */
  problem: z.string(),
  notes: z.array(ImportNote),
});
export type ImportItem = z.output<typeof ImportItem>;

export const ImportReport = z.object({ items: z.array(ImportItem) });
export type ImportReport = z.output<typeof ImportReport>;

export const ImportRun = z.object({
  id: z.string(),
  source: z.string(),
  label: z.string(),
  by: z.string().nullable(),
  at: Moment,
  undoneAt: Moment.nullable(),
  report: ImportReport,
});
export type ImportRun = z.output<typeof ImportRun>;

/** What undoing took back, and what it left because it was used or changed since. */
export const UndoneImport = z.object({ removed: z.number(), kept: z.array(z.string()) });
export type UndoneImport = z.output<typeof UndoneImport>;

export const ExportPoolBody = z.strictObject({ withSecrets: z.boolean().default(false) });
export type ExportPoolBody = z.input<typeof ExportPoolBody>;
