import type { z } from "zod";
import type { CreatedKey, RollKeyBody } from "../../contracts/keys";
import { replaceKeySecret } from "../../db/keys";
import type { Context } from "../context";
import { changeKey } from "./change-key";
import { findChangeableKey } from "./find-key";
import { newKeySecret } from "./key-secret";

/**
 * Gives a key a new secret; id, history and limits stay. Earlier secrets work until the overlap is
 * over. The answer is the only place where the new one is ever written.
 */
export async function rollKey(
  ctx: Context,
  input: z.output<typeof RollKeyBody> & { id: string },
): Promise<CreatedKey> {
  const row = await findChangeableKey(ctx, input.id, "key.roll");
  const { secret, stored } = newKeySecret();
  const until = new Date(ctx.clock.nowMs() + input.overlapSeconds * 1_000);
  const key = await changeKey(ctx, row, "key.roll", {}, (tx) =>
    replaceKeySecret(tx, row.id, stored, until),
  );
  return { key, secret };
}
