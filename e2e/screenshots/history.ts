import type { DbClient } from "../../lib/db/client";
import type { Filled } from "../support/fill";

const HOUR_MS = 3_600_000;
const DAYS = 32;

interface Habit {
  model: string;
  face: "anthropic" | "gemini";
  key: "laptop" | "ci";
  /** Requests of a busy hour. */
  requests: number;
  inputPer: number;
  outputPer: number;
  microUsdPer: number;
}

const HABITS: readonly Habit[] = [
  habit("claude-opus-4-5-20251101", "anthropic", "laptop", [9, 5_200, 640, 42_000]),
  habit("claude-sonnet-4-5-20250929", "anthropic", "laptop", [22, 4_100, 520, 19_000]),
  habit("claude-haiku-4-5-20251001", "anthropic", "laptop", [30, 900, 60, 1_200]),
  habit("claude-sonnet-4-5-20250929", "anthropic", "ci", [14, 7_500, 300, 26_000]),
  habit("gemini-2.5-pro", "gemini", "ci", [8, 6_100, 410, 11_500]),
  habit("gemini-2.5-flash", "gemini", "laptop", [12, 1_500, 180, 900]),
];

/**
 * A month before today in the roll-ups by hour, so that charts have a shape: busy on working days,
 * quiet at night, one day without anything. The same every time.
 */
export async function addHistory(db: DbClient, { memberId, keys, places }: Filled): Promise<void> {
  const until = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  const hours = Array.from({ length: DAYS * 24 }, (_, i) => until - (i + 1) * HOUR_MS);
  const rows = hours.flatMap((atMs) =>
    HABITS.map((one, index) => ({ one, load: loadOf(atMs, index) }))
      .filter(({ load }) => load > 0.08)
      .map(({ one, load }) => hourRow(one, load, new Date(atMs))),
  );
  await db.usageHour.createMany({
    data: rows.map(({ key, ...row }) => ({
      ...row,
      userId: memberId,
      keyId: keys.ids[key],
      accountId: places.account,
    })),
    skipDuplicates: true,
  });
}

function hourRow(one: Habit, load: number, hour: Date) {
  const requests = Math.max(1, Math.round(one.requests * load));
  const times = (per: number) => BigInt(Math.round(requests * per));
  const errors = load > 0.93 ? 1n : 0n;
  return {
    hour,
    key: one.key,
    face: one.face,
    model: one.model,
    outcome: "complete",
    requests: BigInt(requests),
    errors,
    inputTokens: times(one.inputPer * 0.35),
    cacheReadTokens: times(one.inputPer * 0.6),
    cacheWriteTokens: times(one.inputPer * 0.05),
    outputTokens: times(one.outputPer),
    costMicroUsd: times(one.microUsdPer),
    chargeMicroUsd: times(one.microUsdPer),
    firstByteMsSum: times(620 + 400 * load),
    firstByteCount: BigInt(requests),
    durationMsSum: times(4_200),
  };
}

/** 0 to 1: how busy an hour is. */
function loadOf(atMs: number, salt: number): number {
  const at = new Date(atMs);
  const day = Math.floor(atMs / (24 * HOUR_MS));
  if (day % 11 === 0) return 0;
  const weekend = at.getUTCDay() === 0 || at.getUTCDay() === 6 ? 0.2 : 1;
  const daylight = Math.max(0, Math.sin(((at.getUTCHours() - 6) / 14) * Math.PI));
  const wobble = 0.55 + 0.45 * Math.abs(Math.sin(day * 1.7 + salt * 2.3 + at.getUTCHours()));
  return weekend * daylight * wobble;
}

function habit(
  model: string,
  face: Habit["face"],
  key: Habit["key"],
  [requests, inputPer, outputPer, microUsdPer]: readonly [number, number, number, number],
): Habit {
  return { model, face, key, requests, inputPer, outputPer, microUsdPer };
}
