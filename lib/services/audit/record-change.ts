import { insertAuditEntry } from "../../db/audit";
import type { Db } from "../../db/client";
import type { Context } from "../context";

interface Change {
  action: string;
  objectKind: string;
  objectId: string;
  /** Fields as they were and as they are; only those that differ are kept. Never a secret. */
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
}

/** Writes the audit row of a change into the change's own transaction. */
export async function recordChange(ctx: Context, tx: Db, change: Change): Promise<void> {
  const { before, after } = difference(change.before ?? null, change.after ?? null);
  await insertAuditEntry(tx, {
    ...who(ctx),
    action: change.action,
    objectKind: change.objectKind,
    objectId: change.objectId,
    before,
    after,
  });
}

function who({ actor }: Context) {
  if (actor.kind === "user") {
    return { actorKind: actor.kind, actorId: actor.user.id, ip: actor.ip } as const;
  }
  // Nobody is signed in while signing up: the person who comes into being is the object.
  if (actor.kind === "anonymous") {
    return { actorKind: "system", actorId: null, ip: actor.ip } as const;
  }
  return { actorKind: actor.kind, actorId: null, ip: "" } as const;
}

type Fields = Record<string, unknown> | null;

function difference(before: Fields, after: Fields): { before: Fields; after: Fields } {
  if (!before || !after) return { before, after };
  const changed = Object.keys(after).filter((name) => text(before[name]) !== text(after[name]));
  const pick = (fields: Record<string, unknown>) =>
    Object.fromEntries(changed.map((name) => [name, fields[name] ?? null]));
  return { before: pick(before), after: pick(after) };
}

function text(value: unknown): string {
  return JSON.stringify(value ?? null, (_, inner) =>
    typeof inner === "bigint" ? inner.toString() : inner,
  );
}
