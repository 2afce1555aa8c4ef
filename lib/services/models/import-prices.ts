import { createHash } from "node:crypto";
import type { DbClient } from "../../db/client";
import { activateBook, listPriceOverrides } from "../../db/prices";
import type { Clock } from "../../shared/clock";
import type { SnapshotName } from "../context";
import { type BookEntry, shippedEntries } from "./shipped-prices";
import { StoredPriceJson } from "./stored-price";

export interface ImportPricesDeps {
  db: DbClient;
  clock: Clock;
  changed: (name: SnapshotName) => Promise<void>;
}

/**
 * Makes the shipped prices under the admins' own ones the book that holds. The same content is the
 * same book, so it may run at every start and every day. Answers the book's id.
 */
export async function importPrices({ db, clock, changed }: ImportPricesDeps): Promise<string> {
  const now = new Date(clock.nowMs());
  const shipped = shippedEntries(now);
  const { id, changed: isNew } = await db.$transaction(async (tx) => {
    const overrides = await listPriceOverrides(tx);
    const entries = withOverrides(shipped, overrides);
    const source = overrides.length > 0 ? "override" : "shipped";
    const note = `${shipped.length} shipped prices, ${overrides.length} own`;
    return activateBook(tx, { source, note, digest: digestOf(entries), entries }, now);
  });
  if (isNew) await changed("prices");
  return id;
}

/** Own prices come first: theirs is the exact name, and a shipped alias of another model is kept. */
function withOverrides(
  shipped: readonly BookEntry[],
  overrides: readonly { model: string; price: unknown }[],
): BookEntry[] {
  const own = overrides.flatMap(({ model, price }) => {
    const parsed = StoredPriceJson.safeParse(price);
    return parsed.success ? [{ model, aliases: [], price: parsed.data }] : [];
  });
  const names = new Set(own.map((entry) => entry.model));
  return [...own, ...shipped.filter((entry) => !names.has(entry.model))];
}

function digestOf(entries: readonly BookEntry[]): string {
  return createHash("sha256").update(JSON.stringify(entries)).digest("hex");
}
