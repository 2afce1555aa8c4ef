import type { ImportItem } from "../../contracts/imports";
import type { Db } from "../../db/client";
import { addGroupMembers, findGroupRow, insertGroup } from "../../db/groups";
import { insertOrigin } from "../../db/imports";
import { findKeyRow, insertKey, type NewSecret } from "../../db/keys";
import { AppError } from "../../shared/errors";
import { demandProvider } from "../accounts/account-form";
import { storeAccount } from "../accounts/create-account";
import { recordChange } from "../audit/record-change";
import { notFound } from "../auth/authorize";
import type { Context } from "../context";
import { auditedGroup, nameTaken } from "../groups/group-form";
import { auditedKey } from "../keys/key-columns";
import { visibleStart } from "../keys/key-secret";
import { type ForeignBinding, type ForeignGroup, type ForeignKey, note } from "./foreign";
import { hashOf } from "./key-hash";
import type { PlanItem } from "./plan-item";

/** What the steps of one import share. */
export interface ImportStep {
  source: string;
  runId: string;
  /** Foreign ids to own ones; grows with each account that is made. */
  accounts: Map<string, string>;
  groups: Map<string, string>;
  pepperId: string | null;
}

/** Makes one item with its origin, and tells what came of it. Never throws for the item's own sake. */
export async function storeItem(
  ctx: Context,
  step: ImportStep,
  { item, made }: PlanItem,
): Promise<ImportItem> {
  if (made === null) return item;
  try {
    return await ctx.db.$transaction(async (tx) => {
      const { ownId, notes } = await makeThing(ctx, tx, step, made);
      const { kind, foreignId } = item;
      const { source, runId } = step;
      await insertOrigin(tx, { source, kind, foreignId, ownId, runId });
      return { ...item, notes: [...item.notes, ...notes] };
    });
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    return { ...item, action: "skip", reason: "invalid", problem: thrown.message };
  }
}

type Made = NonNullable<PlanItem["made"]>;
interface Outcome {
  ownId: string;
  notes: ImportItem["notes"];
}

async function makeThing(ctx: Context, tx: Db, step: ImportStep, made: Made): Promise<Outcome> {
  if (made.kind === "account") {
    const { from, account } = made;
    const { id } = await storeAccount(ctx, tx, demandProvider(from.provider), account);
    step.accounts.set(from.foreignId, id);
    return { ownId: id, notes: [] };
  }
  if (made.kind === "group") {
    return { ownId: await makeGroup(ctx, tx, step, made.from), notes: [] };
  }
  return makeKey(ctx, tx, step, made.from, made.ownerId);
}

async function makeGroup(
  ctx: Context,
  tx: Db,
  step: ImportStep,
  { foreignId, name, note, members }: ForeignGroup,
): Promise<string> {
  const id = await insertGroup(tx, { name, note });
  if (id === null) throw nameTaken();
  // An account that became several takes all of them along.
  const isMember = (known: string) =>
    members.some((one) => known === one || known.startsWith(`${one}#`));
  const own = [...step.accounts].flatMap(([known, accountId]) =>
    isMember(known) ? [accountId] : [],
  );
  await addGroupMembers(tx, id, own);
  const row = await findGroupRow(tx, id);
  if (!row) throw notFound();
  const after = auditedGroup(row);
  await recordChange(ctx, tx, { action: "group.import", objectKind: "group", objectId: id, after });
  step.groups.set(foreignId, id);
  return id;
}

async function makeKey(
  ctx: Context,
  tx: Db,
  step: ImportStep,
  from: ForeignKey,
  ownerId: string,
): Promise<Outcome> {
  const binding = from.binding && ownBinding(step, from.binding);
  const unknown = from.binding !== null && binding === null;
  // Bound to what is not here: better shut until an admin decides than open to the whole pool.
  const pausedAt = unknown ? new Date(ctx.clock.nowMs()) : from.fields.pausedAt;
  const fields = { ...from.fields, pausedAt, binding };
  const id = await insertKey(tx, ownerId, fields, storedSecret(from, step.pepperId));
  const row = await findKeyRow(tx, id);
  if (!row) throw notFound();
  const after = auditedKey(row);
  await recordChange(ctx, tx, { action: "key.import", objectKind: "key", objectId: id, after });
  return {
    ownId: id,
    notes: unknown ? [note("binding-unknown", from.binding?.foreignId ?? "")] : [],
  };
}

function ownBinding(step: ImportStep, { kind, foreignId, fallback }: ForeignBinding) {
  const ids = kind === "account" ? step.accounts : step.groups;
  // Of an account that became several, the first stands for all.
  const id = ids.get(foreignId) ?? ids.get(`${foreignId}#1`);
  return id === undefined ? null : { kind, id, fallback };
}

function storedSecret(from: ForeignKey, pepperId: string | null): NewSecret {
  const hash = hashOf(from);
  if (from.secret.kind === "plain") return { hash, start: visibleStart(from.secret.secret) };
  if (pepperId === null) throw new AppError("invalid_request", "The ENCRYPTION_KEY is missing.");
  return { hash, start: "cr_", pepperId };
}
