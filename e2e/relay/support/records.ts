import { setTimeout as sleep } from "node:timers/promises";
import type { Portal } from "./portal";

const RECORDED_MS = 15_000;

/** What the portal has written of each `generate` call, oldest first. */
export async function generateRecords(portal: Portal) {
  return portal.database.db.request.findMany({
    where: { action: "generate" },
    orderBy: [{ startedAt: "asc" }, { requestId: "asc" }],
  });
}

export type RequestRecord = Awaited<ReturnType<typeof generateRecords>>[number];

/** Waits until `count` calls are in Postgres; settlements travel there within about a second. */
export async function untilRecorded(portal: Portal, count: number): Promise<RequestRecord[]> {
  const deadline = Date.now() + RECORDED_MS;
  for (;;) {
    const records = await generateRecords(portal);
    if (records.length >= count) return records;
    if (Date.now() > deadline) {
      throw new Error(`${records.length} of ${count} calls were recorded in ${RECORDED_MS} ms.`);
    }
    await sleep(100);
  }
}

/** Sum of one numeric column. */
export function total(
  records: readonly RequestRecord[],
  column: "inputTokens" | "cacheReadTokens" | "outputTokens" | "chargeMicroUsd" | "costMicroUsd",
): number {
  return records.reduce((sum, record) => sum + Number(record[column]), 0);
}
