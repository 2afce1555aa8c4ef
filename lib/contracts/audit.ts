import { z } from "zod";
import { FilterText, Id, Moment, PageQuery, pageOf } from "./common";

export const AuditQuery = z.strictObject({
  ...PageQuery.shape,
  objectKind: FilterText(40).optional(),
  objectId: FilterText(300).optional(),
  actorId: Id.optional(),
  action: FilterText(60).optional(),
});
export type AuditQuery = z.input<typeof AuditQuery>;

export const AuditEntry = z.object({
  id: z.string(),
  at: Moment,
  actorKind: z.enum(["user", "cli", "system"]),
  actor: z.object({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
  action: z.string(),
  objectKind: z.string(),
  objectId: z.string(),
  /** Changed fields before and after; secrets are never among them. */
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  ip: z.string(),
});
export type AuditEntry = z.output<typeof AuditEntry>;
export const AuditPage = pageOf(AuditEntry);
export type AuditPage = z.output<typeof AuditPage>;
