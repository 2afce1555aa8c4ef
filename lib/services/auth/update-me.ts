import type { Me, UpdateMeBody } from "../../contracts/auth";
import { updateUserRow } from "../../db/users";
import { recordChange } from "../audit/record-change";
import type { Context } from "../context";
import { authorize, signedIn } from "./authorize";
import { readMe } from "./read-me";

/** Changes the signed-in person's own name, language or time zone. */
export async function updateMe(ctx: Context, input: UpdateMeBody): Promise<Me> {
  authorize(ctx.actor, "me.update");
  const { id } = signedIn(ctx.actor);
  const before = await readMe(ctx);
  const { name, locale, timeZone } = input;
  await ctx.db.$transaction(async (tx) => {
    await updateUserRow(tx, id, { name, locale, timeZone });
    await recordChange(ctx, tx, {
      action: "user.update",
      objectKind: "user",
      objectId: id,
      before: { ...before },
      after: { ...before, ...input },
    });
  });
  return readMe(ctx);
}
