import type { UndoneImport } from "../../contracts/imports";
import type { Db } from "../../db/client";
import {
  deleteOrigin,
  deleteUntouchedAccount,
  deleteUntouchedKey,
  deleteUnusedGroup,
  findImportRun,
  markImportUndone,
} from "../../db/imports";
import { AppError } from "../../shared/errors";
import { recordChange } from "../audit/record-change";
import { authorize, notFound } from "../auth/authorize";
import type { Context } from "../context";

const REMOVERS: Readonly<Record<string, (db: Db, id: string, since: Date) => Promise<boolean>>> = {
  key: deleteUntouchedKey,
  group: deleteUnusedGroup,
  account: deleteUntouchedAccount,
};
/** Keys first: they are bound to groups, and those hold accounts. */
const ORDER = ["key", "group", "account"];

/**
 * Takes back what an import made, as far as nobody used or changed it since; the rest stays and is named
 * (admins). Throws `conflict` for one that was undone already.
 */
export async function undoImport(ctx: Context, { id }: { id: string }): Promise<UndoneImport> {
  authorize(ctx.actor, "pool.import");
  const run = await findImportRun(ctx.db, id);
  if (!run) throw notFound();
  if (run.undoneAt) throw new AppError("conflict", "This import was undone already.");
  const since = run.endedAt ?? run.createdAt;
  const origins = run.origins.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  const answer: UndoneImport = { removed: 0, kept: [] };
  for (const origin of origins) {
    const gone = await ctx.db.$transaction(async (tx) => {
      const removed = await REMOVERS[origin.kind]?.(tx, origin.ownId, since);
      if (removed) await deleteOrigin(tx, origin);
      return removed === true;
    });
    if (gone) answer.removed += 1;
    else answer.kept.push(origin.ownId);
  }
  await ctx.db.$transaction(async (tx) => {
    await markImportUndone(tx, id, new Date(ctx.clock.nowMs()));
    await recordChange(ctx, tx, {
      action: "import.undo",
      objectKind: "import",
      objectId: id,
      after: { removed: answer.removed, kept: answer.kept.length },
    });
  });
  await Promise.all([ctx.changed("accounts"), ctx.changed("keys")]);
  return answer;
}
