import type { z } from "zod";
import type { AdminUpdateKeyBody, Key, UpdateKeyBody } from "../../contracts/keys";
import type { KeyRow } from "../../db/keys";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";
import { changeKey } from "./change-key";
import { checkBinding } from "./check-binding";
import { findChangeableKey } from "./find-key";
import { checkRateWindow, keyColumns } from "./key-columns";

/** Changes options and limits of a key that its owner may edit. */
export async function updateKey(
  ctx: Context,
  input: z.output<typeof UpdateKeyBody> & { id: string },
): Promise<Key> {
  return update(ctx, await findChangeableKey(ctx, input.id, "key.update"), input);
}

/** Changes any key, with what only admins may set. */
export async function updateAnyKey(
  ctx: Context,
  input: z.output<typeof AdminUpdateKeyBody> & { id: string },
): Promise<Key> {
  authorize(ctx.actor, "key.manage");
  return update(ctx, await findChangeableKey(ctx, input.id, "key.manage"), input);
}

async function update(
  ctx: Context,
  row: KeyRow,
  input: z.output<typeof AdminUpdateKeyBody> & { id: string },
): Promise<Key> {
  const { id: _, ...body } = input;
  checkRateWindow(body, row);
  await checkBinding(ctx, body.binding);
  return changeKey(ctx, row, "key.update", keyColumns(body));
}
