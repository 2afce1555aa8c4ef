import type { ActingUser, Actor } from "@/lib/services/context";
import { AppError } from "@/lib/shared/errors";

/** The reader of a page that only signed-in people reach; the page's own context has seen to that. */
export function signedInUser(actor: Actor): ActingUser {
  if (actor.kind === "user") return actor.user;
  throw new AppError("unauthenticated", "This page is for people who are signed in.");
}
