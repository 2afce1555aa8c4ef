import type { Key } from "../../contracts/keys";
import { listKeysOf } from "../../db/keys";
import { authorize, signedIn } from "../auth/authorize";
import type { Context } from "../context";
import { showKeys } from "./show-keys";

/** All keys of the actor, newest first, revoked ones included. */
export async function listMyKeys(ctx: Context): Promise<Key[]> {
  authorize(ctx.actor, "key.list");
  return showKeys(ctx, await listKeysOf(ctx.db, signedIn(ctx.actor).id));
}
