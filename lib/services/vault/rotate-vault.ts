import {
  listEnvelopes,
  replaceEnvelope,
  SEALED_COLUMNS,
  type SealedColumn,
} from "../../db/sealed-places";
import { recordChange } from "../audit/record-change";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";

const AT_ONCE = 200;

export interface RotationReport {
  /** Envelopes that are sealed with the newest key now. */
  rotated: number;
  /** Those that were already. */
  current: number;
  /** Those that were replaced by somebody else meanwhile: they are sealed with the newest key too. */
  replaced: number;
  /** Places whose envelope cannot be opened: damaged, moved, or of a key that is not configured. */
  unreadable: { table: string; column: string; id: string }[];
}

/**
 * Seals everything that is stored with the newest key of `ENCRYPTION_KEY` (command line only). Online:
 * an envelope is replaced only as it was read, so that a token that is renewed meanwhile stays. It can be
 * broken off and repeated at any moment; until it has reported nothing unreadable and nothing rotated, the
 * older keys are needed.
 */
export async function rotateVault(ctx: Context): Promise<RotationReport> {
  authorize(ctx.actor, "vault.rotate");
  const report: RotationReport = { rotated: 0, current: 0, replaced: 0, unreadable: [] };
  for (const place of SEALED_COLUMNS) await rotateColumn(ctx, place, report);
  await ctx.db.$transaction((tx) =>
    recordChange(ctx, tx, {
      action: "vault.rotate",
      objectKind: "vault",
      objectId: "vault",
      after: { ...report, unreadable: report.unreadable.length },
    }),
  );
  return report;
}

async function rotateColumn(ctx: Context, place: SealedColumn, report: RotationReport) {
  for (let afterId = ""; ; ) {
    const rows = await listEnvelopes(ctx.db, place, afterId, AT_ONCE);
    for (const { id, envelope } of rows) {
      const outcome = await rotateOne(ctx, place, id, envelope);
      if (outcome === "unreadable") report.unreadable.push({ ...place, id });
      else report[outcome]++;
      afterId = id;
    }
    if (rows.length < AT_ONCE) return;
  }
}

async function rotateOne(
  { db, vault }: Context,
  { table, column }: SealedColumn,
  row: string,
  envelope: string,
): Promise<"rotated" | "current" | "replaced" | "unreadable"> {
  const place = { table, column, row };
  const plain = openedOrNull(() => vault.open(place, envelope));
  if (plain === null) return "unreadable";
  if (!vault.needsRotation(envelope)) return "current";
  const sealed = vault.seal(place, plain);
  const stored = await replaceEnvelope(db, { table, column }, row, envelope, sealed);
  return stored ? "rotated" : "replaced";
}

function openedOrNull(open: () => string): string | null {
  try {
    return open();
  } catch {
    return null;
  }
}
