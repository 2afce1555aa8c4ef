import { z } from "zod";
import { Id } from "./common";

/** One deed for many accounts. `priority` and `groupId` belong to the deeds of those names. */
export const BulkAccountsBody = z.strictObject({
  ids: z.array(Id).min(1).max(1_000),
  deed: z.enum(["pause", "resume", "drain", "reset-state", "delete", "priority", "group"]),
  priority: z.number().int().min(1).max(100).optional(),
  groupId: Id.optional(),
});
export type BulkAccountsBody = z.input<typeof BulkAccountsBody>;

/** What became of each. */
export const BulkAccountsAnswer = z.object({
  done: z.array(z.string()),
  failed: z.array(z.object({ id: z.string(), reason: z.string() })),
});
export type BulkAccountsAnswer = z.output<typeof BulkAccountsAnswer>;
