import type { z } from "zod";
import type { AdminCreateKeyBody, CreatedKey, CreateKeyBody } from "../../contracts/keys";
import { findKeyRow, insertKey } from "../../db/keys";
import { findUserProfile } from "../../db/users";
import { AppError } from "../../shared/errors";
import { recordChange } from "../audit/record-change";
import { authorize, notFound, signedIn } from "../auth/authorize";
import type { Context } from "../context";
import { checkBinding } from "./check-binding";
import { auditedKey, checkRateWindow, keyColumns } from "./key-columns";
import { newKeySecret } from "./key-secret";
import { showOneKey } from "./show-keys";

type Body = Omit<z.output<typeof AdminCreateKeyBody>, "ownerId">;

/** Makes a key for the actor. The answer is the only place where its secret is ever written. */
export async function createKey(
  ctx: Context,
  input: z.output<typeof CreateKeyBody>,
): Promise<CreatedKey> {
  authorize(ctx.actor, "key.create");
  return makeKey(ctx, signedIn(ctx.actor).id, input);
}

/** Makes a key for anybody (admins, command line). */
export async function createKeyFor(
  ctx: Context,
  input: z.output<typeof AdminCreateKeyBody>,
): Promise<CreatedKey> {
  authorize(ctx.actor, "key.manage");
  const { ownerId, ...body } = input;
  const owner = await findUserProfile(ctx.db, ownerId);
  if (!owner) {
    throw new AppError("invalid_request", "There is no such user.", {
      fields: { ownerId: "There is no such user." },
    });
  }
  return makeKey(ctx, ownerId, body);
}

async function makeKey(ctx: Context, ownerId: string, body: Body): Promise<CreatedKey> {
  checkRateWindow(body);
  await checkBinding(ctx, body.binding);
  const { secret, stored } = newKeySecret();
  const row = await ctx.db.$transaction(async (tx) => {
    const id = await insertKey(tx, ownerId, { ...keyColumns(body), name: body.name }, stored);
    const made = await findKeyRow(tx, id);
    if (!made) throw notFound();
    await recordChange(ctx, tx, {
      action: "key.create",
      objectKind: "key",
      objectId: id,
      after: auditedKey(made),
    });
    return made;
  });
  await ctx.changed("keys", row.id);
  return { key: await showOneKey(ctx, row), secret };
}
