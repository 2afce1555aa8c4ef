import { AppError } from "../../shared/errors";
import type { Actor } from "../context";

/** Who may do it: see `RULES`. */
type Rule = "anyone" | "signed-in" | "owner" | "owner-if-allowed" | "admin";

/**
 * The one table of rights. What is not in it cannot be asked for, and what no rule grants is denied.
 * Admins and the command line may do everything that is about others.
 */
const RULES = {
  "account-links.use": "anyone",
  "me.read": "signed-in",
  "me.update": "signed-in",
  "session.list": "signed-in",
  "session.revoke": "owner",
  "key.list": "signed-in",
  "key.create": "signed-in",
  "key.read": "owner",
  "key.update": "owner-if-allowed",
  "key.pause": "owner-if-allowed",
  "key.resume": "owner-if-allowed",
  "key.roll": "owner-if-allowed",
  // A leaked key must always be endable by its owner.
  "key.revoke": "owner",
  "key.manage": "admin",
  "usage.read": "signed-in",
  "usage.read-all": "admin",
  "request.list": "signed-in",
  "request.read": "owner",
  "request.read-all": "admin",
  "account.manage": "admin",
  "notification.manage": "admin",
  "pool.import": "admin",
  "pool.export": "admin",
  "user.manage": "admin",
  "settings.manage": "admin",
  "audit.read": "admin",
  "vault.rotate": "admin",
} as const satisfies Record<string, Rule>;

export type Action = keyof typeof RULES;

export interface AuthorizedObject {
  ownerId: string | null;
  /** false: an admin set this thing and its owner may only look. */
  ownerMayEdit?: boolean;
}

/**
 * Lets the actor go on, or throws: `unauthenticated` when nobody is signed in, `not_found` for what
 * belongs to somebody else (its existence is nobody's business), `forbidden` for what the role lacks.
 */
export function authorize(actor: Actor, action: Action, object?: AuthorizedObject): void {
  const rule: Rule = RULES[action];
  if (rule === "anyone") return;
  if (actor.kind === "anonymous") throw new AppError("unauthenticated", "Sign in first.");
  if (actor.kind !== "user" || actor.user.role === "admin") return;
  if (rule === "signed-in") return;
  if (rule === "admin") throw new AppError("forbidden", "Only an admin may do this.");
  if (object?.ownerId !== actor.user.id) throw notFound();
  if (rule === "owner-if-allowed" && object.ownerMayEdit === false) {
    throw new AppError("forbidden", "An admin manages this key; its owner cannot change it.");
  }
}

/** The signed-in person. Throws `unauthenticated` for every other actor. */
export function signedIn(actor: Actor) {
  if (actor.kind === "user") return actor.user;
  throw new AppError("unauthenticated", "Sign in first.");
}

/** What every look-up answers that finds nothing, or nothing that this actor may know of. */
export function notFound(): AppError {
  return new AppError("not_found", "There is no such thing.");
}
