import type { User } from "../../contracts/users";
import { findUserRow } from "../../db/users";
import { authorize, notFound } from "../auth/authorize";
import type { Context } from "../context";
import { showUsers } from "./show-users";

/** One user (admins). */
export async function readUser(ctx: Context, input: { id: string }): Promise<User> {
  authorize(ctx.actor, "user.manage");
  const row = await findUserRow(ctx.db, input.id);
  const [user] = row ? await showUsers(ctx, [row]) : [];
  if (!user) throw notFound();
  return user;
}
