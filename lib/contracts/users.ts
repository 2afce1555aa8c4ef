import { z } from "zod";
import { Email, Password } from "./auth";
import { FilterText, MicroUsd, MicroUsdLimit, Moment, Name, PageQuery, pageOf } from "./common";

const Role = z.enum(["member", "admin"]);
const Status = z.enum(["pending", "active", "disabled"]);

const UserLimitFields = {
  dailyLimitMicroUsd: MicroUsdLimit,
  weeklyLimitMicroUsd: MicroUsdLimit,
  monthlyLimitMicroUsd: MicroUsdLimit,
  totalLimitMicroUsd: MicroUsdLimit,
  concurrencyLimit: z.number().int().min(1).max(100_000).nullable(),
};

export const User = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: Role,
  status: Status,
  createdAt: Moment,
  lastSignInAt: Moment.nullable(),
  /** Keys that are not revoked. */
  keys: z.number(),
  /** Charge of the last 30 days. */
  monthChargeMicroUsd: MicroUsd,
  ...UserLimitFields,
});
export type User = z.output<typeof User>;
export const UserPage = pageOf(User);
export type UserPage = z.output<typeof UserPage>;

export const UserListQuery = z.strictObject({
  ...PageQuery.shape,
  /** Text that the name or the address contains. */
  search: FilterText(100).optional(),
  role: Role.optional(),
  status: Status.optional(),
});
export type UserListQuery = z.input<typeof UserListQuery>;

export const CreateUserBody = z.strictObject({
  email: Email,
  name: Name,
  password: Password,
  role: Role.default("member"),
});
export type CreateUserBody = z.input<typeof CreateUserBody>;

export const UpdateUserBody = z
  .strictObject({
    name: Name,
    role: Role,
    status: z.enum(["active", "disabled"]),
    ...UserLimitFields,
  })
  .partial();
export type UpdateUserBody = z.input<typeof UpdateUserBody>;

/** A link that an admin copies and passes on; it is shown this once. */
export const OneTimeLink = z.object({ id: z.string(), url: z.string(), expiresAt: Moment });
export type OneTimeLink = z.output<typeof OneTimeLink>;

export const CreateInvitationBody = z.strictObject({
  /** Binds the invitation to one address; null lets anyone with the link in. */
  email: Email.nullable().default(null),
  role: Role.default("member"),
  note: z.string().max(200).default(""),
  maxUses: z.number().int().min(1).max(1_000).default(1),
  days: z.number().int().min(1).max(90).default(7),
});
export type CreateInvitationBody = z.input<typeof CreateInvitationBody>;

export const Invitation = z.object({
  id: z.string(),
  email: z.string().nullable(),
  role: Role,
  note: z.string(),
  uses: z.number(),
  maxUses: z.number(),
  createdAt: Moment,
  expiresAt: Moment,
  state: z.enum(["open", "used", "expired", "revoked"]),
});
export type Invitation = z.output<typeof Invitation>;
