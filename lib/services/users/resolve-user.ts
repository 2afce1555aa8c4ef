import { findUserIdByEmail } from "../../db/users";
import { AppError } from "../../shared/errors";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";

/** The id of the user with that e-mail address (admins, command line). Throws `not_found`. */
export async function resolveUser(ctx: Context, email: string): Promise<string> {
  authorize(ctx.actor, "user.manage");
  const id = await findUserIdByEmail(ctx.db, email.trim().toLowerCase());
  if (!id) throw new AppError("not_found", `No user has the e-mail address ${email}.`);
  return id;
}
