import type { z } from "zod";
import type { ImportBody, ImportReport, ImportRun } from "../../contracts/imports";
import {
  endImportRun,
  insertImportRun,
  insertPepper,
  listOrigins,
  listPeppers,
} from "../../db/imports";
import { newId } from "../../shared/ids";
import { recordChange } from "../audit/record-change";
import { authorize } from "../auth/authorize";
import type { Context } from "../context";
import { pepperPlace } from "../relay/peppered-keys";
import { type ImportStep, storeItem } from "./import-item";
import { type ImportPlan, makePlan } from "./make-plan";
import { showImport } from "./show-import";

type Input = z.output<typeof ImportBody>;

/** What an import would do; changes nothing (admins). */
export async function previewImport(ctx: Context, input: Input): Promise<ImportReport> {
  authorize(ctx.actor, "pool.import");
  const { items } = await makePlan(ctx, input);
  return { items: items.map(({ item }) => item) };
}

/**
 * Takes over what is not here yet: accounts, groups, then keys with their bindings, each in a transaction of
 * its own, so that one that fails leaves the others whole (admins). What was imported before stays as it is
 * now: its tokens may have been renewed since, and a second import doubles nothing.
 */
export async function runImport(ctx: Context, input: Input): Promise<ImportRun> {
  authorize(ctx.actor, "pool.import");
  const plan = await makePlan(ctx, input);
  const { source, label } = plan;
  const createdById = ctx.actor.kind === "user" ? ctx.actor.user.id : null;
  const id = await insertImportRun(ctx.db, { source, label, createdById });
  const report = await storeAll(ctx, id, plan, input.pepper);
  const endedAt = new Date(ctx.clock.nowMs());
  const made = report.items.filter(({ action }) => action === "create").length;
  await ctx.db.$transaction(async (tx) => {
    await endImportRun(tx, id, report, endedAt);
    await recordChange(ctx, tx, {
      action: "import.run",
      objectKind: "import",
      objectId: id,
      after: { source, label, made, skipped: report.items.length - made },
    });
  });
  await Promise.all([ctx.changed("accounts"), ctx.changed("keys")]);
  return showImport(ctx, id);
}

async function storeAll(
  ctx: Context,
  runId: string,
  { source, items }: ImportPlan,
  pepper: string | undefined,
): Promise<ImportReport> {
  const [accounts, groups] = await Promise.all([
    listOrigins(ctx.db, source, "account"),
    listOrigins(ctx.db, source, "group"),
  ]);
  const needsPepper = items.some(
    ({ made }) => made?.kind === "key" && made.from.secret.kind === "peppered",
  );
  const pepperId = needsPepper && pepper !== undefined ? await pepperIdOf(ctx, pepper) : null;
  const step: ImportStep = { source, runId, accounts, groups, pepperId };
  const report: ImportReport = { items: [] };
  for (const planned of items) report.items.push(await storeItem(ctx, step, planned));
  return report;
}

/** The stored pepper that is this one, or a new one: each costs unknown keys a look-up. */
async function pepperIdOf(ctx: Context, pepper: string): Promise<string> {
  for (const { id, sealed } of await listPeppers(ctx.db)) {
    if (ctx.vault.open(pepperPlace(id), sealed) === pepper) return id;
  }
  const id = newId("pepper");
  await insertPepper(ctx.db, {
    id,
    sealed: ctx.vault.seal(pepperPlace(id), pepper),
    note: "claude-relay-service",
  });
  return id;
}
