import type { z } from "zod";
import { ImportReport, type ImportRun } from "../../contracts/imports";
import { findImportRun, listImportRuns } from "../../db/imports";
import { findUserNames } from "../../db/users";
import { authorize, notFound } from "../auth/authorize";
import type { Context } from "../context";

const SHOWN = 20;
const NOTHING: z.output<typeof ImportReport> = { items: [] };

/** The newest imports with their reports (admins). */
export async function listImports(ctx: Context): Promise<ImportRun[]> {
  authorize(ctx.actor, "pool.import");
  const rows = await listImportRuns(ctx.db, SHOWN);
  const names = await findUserNames(
    ctx.db,
    rows.flatMap(({ createdById }) => createdById ?? []),
  );
  return rows.map((row) => shown(row, names.get(row.createdById ?? "")?.name ?? null));
}

/** One import as it stands now. */
export async function showImport(ctx: Context, id: string): Promise<ImportRun> {
  const row = await findImportRun(ctx.db, id);
  if (!row) throw notFound();
  const names = await findUserNames(ctx.db, row.createdById ? [row.createdById] : []);
  return shown(row, names.get(row.createdById ?? "")?.name ?? null);
}

type Row = Awaited<ReturnType<typeof listImportRuns>>[number];

function shown(row: Row, by: string | null): ImportRun {
  const report = ImportReport.safeParse(row.report);
  return {
    id: row.id,
    source: row.source,
    label: row.label,
    by,
    at: row.createdAt.toISOString(),
    undoneAt: row.undoneAt?.toISOString() ?? null,
    report: report.success ? report.data : NOTHING,
  };
}
