import type { z } from "zod";
import type { Page } from "../../contracts/common";
import type { AllKeysQuery, Key } from "../../contracts/keys";
import { listKeyRows } from "../../db/keys";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";
import { cutPage, decodeCursor } from "../paging";
import { showKeys } from "./show-keys";

const DEFAULT_LIMIT = 50;

/** Keys of everybody, newest first (admins). */
export async function listAllKeys(
  ctx: Context,
  input: Partial<z.output<typeof AllKeysQuery>>,
): Promise<Page<Key>> {
  authorize(ctx.actor, "key.manage");
  const { cursor, limit = DEFAULT_LIMIT, ...filter } = input;
  const rows = await listKeyRows(ctx.db, filter, decodeCursor(cursor), limit + 1);
  const place = ({ createdAt, id }: { createdAt: Date; id: string }) => ({ at: createdAt, id });
  const page = cutPage(rows, limit, place, (row) => row);
  return { items: await showKeys(ctx, page.items), next: page.next };
}
