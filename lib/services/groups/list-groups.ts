import type { Group } from "../../contracts/groups";
import { listGroupRows } from "../../db/groups";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";
import { showGroups } from "./show-groups";

/** All groups of accounts, by name (admins). */
export async function listGroups(ctx: Context): Promise<Group[]> {
  authorize(ctx.actor, "account.manage");
  return showGroups(ctx, await listGroupRows(ctx.db));
}
