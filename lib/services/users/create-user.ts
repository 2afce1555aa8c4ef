import type { z } from "zod";
import type { CreateUserBody, User } from "../../contracts/users";
import { insertUser } from "../../db/users";
import { AppError } from "../../shared/errors";
import { recordChange } from "../audit/record-change";
import { authorize } from "../auth/authorize";
import { hashPassword } from "../auth/password";
import type { Context } from "../context";
import { readUser } from "./read-user";

/** Makes an account for somebody (admins, command line). */
export async function createUser(
  ctx: Context,
  input: z.output<typeof CreateUserBody>,
): Promise<User> {
  authorize(ctx.actor, "user.manage");
  const { email, name, role, password } = input;
  const passwordHash = await hashPassword(password);
  const id = await ctx.db.$transaction(async (tx) => {
    const made = await insertUser(tx, { email, name, role, passwordHash });
    if (!made) {
      throw new AppError("conflict", "This e-mail address has an account already.", {
        fields: { email: "This e-mail address has an account already." },
      });
    }
    await recordChange(ctx, tx, {
      action: "user.create",
      objectKind: "user",
      objectId: made,
      after: { email, name, role },
    });
    return made;
  });
  return readUser(ctx, { id });
}
