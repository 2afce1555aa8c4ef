import { Prisma } from "../generated/prisma/client";
import type { Db } from "./client";

/** A column in which something is sealed for its row. */
export interface SealedColumn {
  table: string;
  column: string;
}

/** Every sealed column of the database. A test compares them with the schema. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: "account", column: "sealed_secret" },
  { table: "account", column: "sealed_proxy" },
  { table: "key_pepper", column: "sealed" },
  { table: "second_factor", column: "sealed" },
  { table: "notification_channel", column: "sealed" },
];

/** Envelopes of a column by row id, `take` after `afterId` ("" = from the first). */
export async function listEnvelopes(
  db: Db,
  { table, column }: SealedColumn,
  afterId: string,
  take: number,
): Promise<{ id: string; envelope: string }[]> {
  const [from, field] = [name(table), name(column)];
  return db.$queryRaw<{ id: string; envelope: string }[]>`
    SELECT id, ${field} AS envelope FROM ${from}
    WHERE id > ${afterId} AND ${field} IS NOT NULL ORDER BY id LIMIT ${take}`;
}

/** Puts an envelope in the place of another; false when the row holds something else by now. */
export async function replaceEnvelope(
  db: Db,
  { table, column }: SealedColumn,
  id: string,
  before: string,
  after: string,
): Promise<boolean> {
  const [into, field] = [name(table), name(column)];
  const changed = await db.$executeRaw`
    UPDATE ${into} SET ${field} = ${after} WHERE id = ${id} AND ${field} = ${before}`;
  return changed === 1;
}

/** A name of the list above as SQL: names cannot be bound as values are. */
function name(text: string): Prisma.Sql {
  return Prisma.raw(`"${text}"`);
}
