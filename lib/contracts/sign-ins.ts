import { z } from "zod";
import { Account, CreateAccountBody, UpdateAccountBody } from "./accounts";
import { Id } from "./common";

/** Begins a sign-in at a provider: for a new account, or to sign a known one in again. */
export const BeginSignInBody = z.strictObject({
  provider: z.string().max(100),
  settings: CreateAccountBody.shape.settings,
  /** The account that is signed in again, with its history; absent for a new one. */
  accountId: Id.optional(),
  /** The proxy to ask through; absent keeps that of a known account. */
  proxy: UpdateAccountBody.shape.proxy,
});
export type BeginSignInBody = z.input<typeof BeginSignInBody>;

/** What the admin goes on with. */
export const BegunSignIn = z.object({
  id: z.string(),
  kind: z.enum(["paste", "device"]),
  /** Page on which the account's owner agrees. */
  url: z.string(),
  /** To be typed there; null for a pasted flow. */
  userCode: z.string().nullable(),
  /** How often to ask whether it is done; null for a pasted flow. */
  intervalSeconds: z.number().nullable(),
  expiresInSeconds: z.number(),
});
export type BegunSignIn = z.output<typeof BegunSignIn>;

const { settings: _, secret: __, ...OTHER_FIELDS } = UpdateAccountBody.shape;

export const FinishSignInBody = z.strictObject({
  /** The code, or the address at which the browser ended; absent for a device flow. */
  pasted: z.string().trim().min(1).max(8_000).optional(),
  /** The new account's fields; absent where one is signed in again. */
  account: z.strictObject({ ...OTHER_FIELDS, name: CreateAccountBody.shape.name }).optional(),
});
export type FinishSignInBody = z.input<typeof FinishSignInBody>;

export const SignInAnswer = z.discriminatedUnion("state", [
  z.object({ state: z.literal("waiting") }),
  z.object({ state: z.literal("done"), account: Account }),
]);
export type SignInAnswer = z.output<typeof SignInAnswer>;
