import { cookies, headers } from "next/headers";
import { forbidden, redirect } from "next/navigation";
import { cache } from "react";
import type { Actor, Context } from "../services/context";
import { clientIpOf } from "./client-ip";
import { getContainer } from "./container";
import type { Who } from "./http/route";
import { loadActor, sessionCookieName } from "./session";

/**
 * The world as the reader of a page may see it. Whoever is not signed in is sent to the sign-in
 * page; a member on an admin page is told that it is not for them.
 */
export async function pageContext(who: Who): Promise<Context> {
  const actor = await readActor();
  if (who !== "anyone" && actor.kind !== "user") redirect(await signInAddress());
  if (who === "admin" && actor.kind === "user" && actor.user.role !== "admin") forbidden();
  return getContainer().context(actor);
}

/** One look-up per page, however many of its parts ask. */
const readActor = cache(async (): Promise<Actor> => {
  const name = sessionCookieName(getContainer().env.publicUrl);
  const cookie = (await cookies()).get(name)?.value;
  return loadActor(cookie, clientIpOf(await headers()));
});

/** The front door writes down which address was asked for, so that signing in leads back to it. */
async function signInAddress(): Promise<string> {
  const asked = (await headers()).get("x-portal-path");
  return asked ? `/sign-in?callbackUrl=${encodeURIComponent(asked)}` : "/sign-in";
}
