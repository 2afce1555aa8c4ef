import type { z } from "zod";
import type { ImportBody } from "../../contracts/imports";
import { findTakenHashes, findUserIdsByWord, listOrigins } from "../../db/imports";
import { findUserProfile } from "../../db/users";
import { refusal } from "../accounts/account-form";
import type { Context } from "../context";
import { type ForeignKey, type ForeignPool, note } from "./foreign";
import { hashOf } from "./key-hash";
import { itemOf, type PlanItem, skipped } from "./plan-item";

type Input = z.output<typeof ImportBody>;

interface KeyFacts {
  /** Foreign ids that were imported before. */
  known: ReadonlyMap<string, string>;
  /** Hashes that open a key here already. */
  taken: ReadonlySet<string>;
  /** Ids of users by name and e-mail address. */
  users: ReadonlyMap<string, string>;
  /** Owner of the keys whose own owner is unknown here. */
  fallback: string | null;
  hasPepper: boolean;
}

/** What is to become of the keys, each with its owner. */
export async function planKeys(
  ctx: Context,
  { source, keys }: ForeignPool,
  { ownerId, pepper }: Input,
): Promise<PlanItem[]> {
  if (keys.length === 0) return [];
  const [known, taken, users, fallback] = await Promise.all([
    listOrigins(ctx.db, source, "key"),
    findTakenHashes(ctx.db, keys.map(hashOf)),
    findUserIdsByWord(ctx.db),
    demandOwner(ctx, ownerId),
  ]);
  const facts = { known, taken, users, fallback, hasPepper: pepper !== undefined };
  return keys.map((from) => planKey(from, facts));
}

function planKey(from: ForeignKey, facts: KeyFacts): PlanItem {
  const { foreignId, name, owner, notes } = from;
  const named = facts.users.get(owner.toLowerCase());
  const stranger = owner !== "" && named === undefined ? [note("owner-unknown", owner)] : [];
  const about = { kind: "key", foreignId, name, detail: owner } as const;
  const ownerId = named ?? facts.fallback;
  const reason = refusedFor(from, facts);
  if (reason !== null) return skipped(about, reason);
  if (ownerId === null) return skipped(about, "no-owner");
  const item = itemOf({ ...about, notes: [...notes, ...stranger] });
  return { item, made: { kind: "key", from, ownerId } };
}

function refusedFor(from: ForeignKey, { known, taken, hasPepper }: KeyFacts) {
  if (known.has(from.foreignId)) return "imported";
  if (taken.has(hashOf(from))) return "taken";
  return from.secret.kind === "peppered" && !hasPepper ? "no-pepper" : null;
}

async function demandOwner(ctx: Context, ownerId: string | undefined): Promise<string | null> {
  if (ownerId === undefined) return null;
  if (await findUserProfile(ctx.db, ownerId)) return ownerId;
  throw refusal({ ownerId: "There is no such user." });
}
