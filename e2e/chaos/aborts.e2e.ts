import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import type { BookEntry } from "../../lib/testing/upstream/book";
import { chaosCall } from "./support/call";
import { judge, untilQuiet } from "./support/oracle";
import { chaosRandom, type Random } from "./support/random";
import { readRedis } from "./support/redis-state";
import { type Stage, setStage } from "./support/stage";
import { openStream, type StreamLog } from "./support/stream";
import { FULL, note, until } from "./support/until";

const ABORTS = FULL ? 1_000 : 150;
const CONCURRENCY = 30;
const CLOSED_WITHIN_MS = 250;
const LEASES_GONE_MS = 5_000;
const QUIET_MS = 30_000;

type Moment = "upload" | "before-head" | "stream" | "end";
const MOMENTS: readonly Moment[] = ["upload", "before-head", "stream", "stream", "stream", "end"];

/**
 * Clients hang up at any moment, through both doors: while they send, before the answer begins, in the
 * middle, with the last event. The upstream is closed at once, each is billed once, nothing is held.
 */
it("bills each client who leaves once, and stops the upstream at once", async () => {
  const random = chaosRandom("aborts");
  const stage = await setStage({ doors: ["fast", "web"] });
  try {
    const logs = await abortMany(stage, random);
    const lastMs = Date.now();
    const noLeases = async () => (await readRedis(stage.portal)).leases === 0;
    await until(noLeases, LEASES_GONE_MS, async () => {
      return `${(await readRedis(stage.portal)).leases} leases are left`;
    });
    note(`no leases ${Date.now() - lastMs} ms after the last client left`);
    await untilQuiet(stage.portal, QUIET_MS);
    const all = [...stage.warmUp, ...logs];
    const verdict = await judge({ ...stage, logs: all, sweptBound: () => 0, counters: true });
    expect(verdict.faults).toEqual([]);
    expect(verdict.swept).toBe(0);
    expectClosedInTime(logs, await stage.upstream.book());
  } finally {
    await stage.stop();
  }
});

async function abortMany(stage: Stage, random: Random): Promise<StreamLog[]> {
  const logs: StreamLog[] = [];
  let left = ABORTS;
  const lane = async () => {
    while (left-- > 0) logs.push(await abortOne(stage, random));
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, lane));
  return logs;
}

async function abortOne({ portal, key }: Stage, random: Random): Promise<StreamLog> {
  const moment = random.pick(MOMENTS);
  const call = chaosCall({
    face: random.pick(["anthropic", "gemini"] as const),
    key,
    tokens: random.whole(100, 500),
    delayMs: 20,
    firstMs: moment === "before-head" ? 1_500 : 0,
    paddingBytes: moment === "upload" ? 40_000 : 0,
  });
  const uploadBytes = moment === "upload" ? random.whole(0, call.body.length - 1) : undefined;
  const { url } = random.pick(portal.web);
  const { log, ended, leave } = openStream(url, call, { uploadBytes });
  if (moment === "upload") await sleep(random.whole(0, 200));
  else if (moment === "before-head") await sleep(random.whole(0, 1_200));
  else if (moment === "stream") await Promise.race([ended, leavePoint(log, random)]);
  else await Promise.race([ended, lastEvent(log)]);
  leave();
  return ended;
}

/** Some bytes into the answer, then some milliseconds: anywhere between two events. */
async function leavePoint(log: StreamLog, random: Random): Promise<void> {
  const bytes = random.whole(0, 8_000);
  await until(
    () => log.bytes >= bytes || log.end !== null,
    30_000,
    () => "no bytes came",
  );
  await sleep(random.whole(0, 40));
}

/** Some clients close as soon as they have the last event. */
async function lastEvent(log: StreamLog): Promise<void> {
  await until(
    () => log.end !== null || log.complete(),
    30_000,
    () => "no last event came",
  );
}

function expectClosedInTime(logs: readonly StreamLog[], book: readonly BookEntry[]): void {
  const leftAt = new Map(logs.map((log) => [log.call.bodySha256, log.leftAtMs]));
  const lags = book
    .flatMap(({ requestBytesSha256, closedByClientAtMs }) => {
      const leftAtMs = leftAt.get(requestBytesSha256);
      return closedByClientAtMs === null || !leftAtMs ? [] : [closedByClientAtMs - leftAtMs];
    })
    .sort((a, b) => a - b);
  const at = (share: number) => lags[Math.min(lags.length - 1, Math.floor(lags.length * share))];
  note(`${lags.length} upstreams closed: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms`);
  expect(lags.length).toBeGreaterThan(ABORTS / 3);
  expect(at(0.99)).toBeLessThanOrEqual(CLOSED_WITHIN_MS);
  expect(book.filter((entry) => entry.ms === null)).toEqual([]);
}
