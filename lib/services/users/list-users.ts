import type { z } from "zod";
import type { UserListQuery, UserPage } from "../../contracts/users";
import { listUserRows } from "../../db/users";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";
import { cutPage, decodeCursor } from "../paging";
import { showUsers } from "./show-users";

const DEFAULT_LIMIT = 50;

/** Users of the portal, newest first (admins). */
export async function listUsers(
  ctx: Context,
  input: Partial<z.output<typeof UserListQuery>>,
): Promise<UserPage> {
  authorize(ctx.actor, "user.manage");
  const { cursor, limit = DEFAULT_LIMIT, ...filter } = input;
  const rows = await listUserRows(ctx.db, filter, decodeCursor(cursor), limit + 1);
  const place = ({ createdAt, id }: { createdAt: Date; id: string }) => ({ at: createdAt, id });
  const page = cutPage(rows, limit, place, (row) => row);
  return { items: await showUsers(ctx, page.items), next: page.next };
}
