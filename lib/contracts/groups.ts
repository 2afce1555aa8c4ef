import { z } from "zod";
import { AccountStateKind } from "./accounts";
import { Id, Moment, Name, Note } from "./common";

const Weight = z.number().int().min(0).max(1_000);
const Members = z.array(z.strictObject({ accountId: Id, weight: Weight.default(1) })).max(1_000);

export const CreateGroupBody = z.strictObject({
  name: Name,
  note: Note.optional(),
  members: Members.optional(),
});
export type CreateGroupBody = z.input<typeof CreateGroupBody>;

/** `members` replaces all of them. */
export const UpdateGroupBody = z
  .strictObject({ name: Name, note: Note, members: Members })
  .partial();
export type UpdateGroupBody = z.input<typeof UpdateGroupBody>;

/** Accounts that keys can be bound to together. */
export const Group = z.object({
  id: z.string(),
  name: z.string(),
  note: z.string(),
  /** By name. */
  members: z.array(
    z.object({
      accountId: z.string(),
      name: z.string(),
      providerLabel: z.string(),
      state: AccountStateKind,
      /** Its share of the group's requests under the strategy "weighted". */
      weight: z.number(),
    }),
  ),
  /** Keys that are bound to it. */
  keys: z.number(),
  createdAt: Moment,
});
export type Group = z.output<typeof Group>;
