import type { Db } from "./client";

/** Makes the monthly partitions from `firstMonth` on that are missing; answers how many it made. */
export async function makeUsagePartitions(
  db: Db,
  firstMonth: Date,
  months: number,
): Promise<number> {
  const [row] = await db.$queryRaw<{ made: number }[]>`
    SELECT make_usage_partitions((${firstMonth}::timestamptz AT TIME ZONE 'UTC')::date, ${months}::int) AS made`;
  return row?.made ?? 0;
}
