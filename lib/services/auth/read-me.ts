import type { Me } from "../../contracts/auth";
import { findUserProfile } from "../../db/users";
import type { Context } from "../context";
import { authorize, notFound, signedIn } from "./authorize";

/** The signed-in person as stored now. */
export async function readMe(ctx: Context): Promise<Me> {
  authorize(ctx.actor, "me.read");
  const profile = await findUserProfile(ctx.db, signedIn(ctx.actor).id);
  if (!profile) throw notFound();
  const { status: _, ...me } = profile;
  return me;
}
