import type { Key } from "../../contracts/keys";
import type { Context } from "../context";
import { findKeyFor } from "./find-key";
import { showOneKey } from "./show-keys";

/** One key of the actor's; any key for admins. */
export async function readKey(ctx: Context, input: { id: string }): Promise<Key> {
  return showOneKey(ctx, await findKeyFor(ctx, input.id, "key.read"));
}
