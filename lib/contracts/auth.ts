import { z } from "zod";
import { Moment, Name } from "./common";

/** Stored and compared in lower case. */
export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email("An e-mail address, such as ada@example.org."));
/** Long rather than intricate; the upper end bounds the work of hashing. */
export const Password = z.string().min(10, "At least 10 characters.").max(200);
export const Locale = z.enum(["en", "zh"]);
export const TimeZone = z.string().max(64).refine(isTimeZone, "A time zone such as Europe/Berlin.");
export const SignUpPolicy = z.enum(["open", "invite", "closed"]);
export type SignUpPolicy = z.output<typeof SignUpPolicy>;
const LinkToken = z.string().min(20).max(100);

/** What the sign-up page must know before anyone is signed in. */
export const SignUpOptions = z.object({
  policy: SignUpPolicy,
  /** False while no mail server is set: accounts are then active at once, without a verified address. */
  mailVerification: z.boolean(),
  /** True until the first admin exists; sign-up waits for the set-up link. */
  needsSetUp: z.boolean(),
});
export type SignUpOptions = z.output<typeof SignUpOptions>;

export const SignUpBody = z.strictObject({
  email: Email,
  password: Password,
  name: Name,
  /** Token of an invitation link; needed while the policy is "invite". */
  invitation: LinkToken.optional(),
  locale: Locale.optional(),
  timeZone: TimeZone.optional(),
});
export type SignUpBody = z.input<typeof SignUpBody>;

export const SetUpBody = z.strictObject({
  token: LinkToken,
  email: Email,
  password: Password,
  name: Name,
  locale: Locale.optional(),
  timeZone: TimeZone.optional(),
});
export type SetUpBody = z.input<typeof SetUpBody>;

export const ResetPasswordBody = z.strictObject({ token: LinkToken, password: Password });
export type ResetPasswordBody = z.input<typeof ResetPasswordBody>;

/** State of a one-time link as its page shows it. */
export interface LinkState {
  valid: boolean;
  /** Set when the link was made for one address. */
  email: string | null;
  expiresAt: string | null;
}

/** The same answer whether the address was free or taken: who has an account is nobody's business. */
export const SignedUp = z.object({ email: z.string() });
export type SignedUp = z.output<typeof SignedUp>;

export const SignInBody = z.strictObject({ email: Email, password: z.string().min(1).max(200) });
export type SignInBody = z.input<typeof SignInBody>;

export const Me = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(["member", "admin"]),
  locale: z.string(),
  timeZone: z.string(),
});
export type Me = z.output<typeof Me>;

export const UpdateMeBody = z
  .strictObject({ name: Name, locale: Locale, timeZone: TimeZone })
  .partial();
export type UpdateMeBody = z.input<typeof UpdateMeBody>;

export const ChangePasswordBody = z.strictObject({
  current: z.string().min(1).max(200),
  password: Password,
});
export type ChangePasswordBody = z.input<typeof ChangePasswordBody>;

export const SessionRow = z.object({
  id: z.string(),
  createdAt: Moment,
  lastSeenAt: Moment,
  expiresAt: Moment,
  ip: z.string(),
  userAgent: z.string(),
  /** The session that asks. */
  current: z.boolean(),
});
export type SessionRow = z.output<typeof SessionRow>;

function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: text });
    return true;
  } catch {
    return false;
  }
}
