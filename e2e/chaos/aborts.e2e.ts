import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import type { BookEntry } from "../../lib/testing/upstream/book";
import { FAKE_ANTHROPIC_KEY } from "../../lib/testing/upstream/keys";
import { chaosCall } from "./support/call";
import { judge, untilQuiet } from "./support/oracle";
import { chaosRandom, type Random } from "./support/random";
import { readRedis } from "./support/redis-state";
import { type Stage, setStage, untilServed } from "./support/stage";
import { openStream, type StreamLog } from "./support/stream";
import { FULL, note, until } from "./support/until";

const ABORTS = FULL ? 1_000 : 150;
/** Streams without a portal, left in the same way meanwhile: what the machine itself takes. */
const CONTROLS = FULL ? 200 : 40;
/** Client to portal, portal to upstream, and the portal's own turn: each may wait as a control does. */
const HOPS = 3;
const CONCURRENCY = FULL ? 24 : 12;
const CLOSED_WITHIN_MS = 250;
const LEASES_GONE_MS = 5_000;
const QUIET_MS = 30_000;

const WARM_UPS = 8;
const DELAY_MS = 30;

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
    // Code that runs for the first time is slow: not what is measured here.
    for (let round = 0; round < WARM_UPS; round++) await untilServed(stage);
    const [logs, controls] = await Promise.all([
      abortMany(stage, random),
      abortControls(stage, random),
    ]);
    const lastMs = Date.now();
    const noLeases = async () => (await readRedis(stage.portal)).leases === 0;
    await until(noLeases, LEASES_GONE_MS, async () => {
      return `${(await readRedis(stage.portal)).leases} leases are left`;
    });
    note(`no leases ${Date.now() - lastMs} ms after the last client left`);
    await untilQuiet(stage.portal, QUIET_MS);
    const all = [...stage.warmUp, ...logs];
    const book = await stage.upstream.book();
    const alone = new Set(controls.map((log) => log.call.bodySha256));
    const relayed = book.filter((entry) => !alone.has(entry.requestBytesSha256));
    const upstream = { book: async () => relayed };
    const { portal } = stage;
    const verdict = await judge({
      portal,
      upstream,
      logs: all,
      sweptBound: () => 0,
      counters: true,
    });
    expect(verdict.faults).toEqual([]);
    expect(verdict.swept).toBe(0);
    const control = closingTimes("control", controls, book);
    const closing = closingTimes("portal", logs, book);
    expect(closing.count).toBeGreaterThan(ABORTS / 3);
    expect(closing.p99).toBeLessThanOrEqual(CLOSED_WITHIN_MS + HOPS * control.p99);
    expect(book.filter((entry) => entry.ms === null)).toEqual([]);
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
    delayMs: DELAY_MS,
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

async function abortControls({ upstream }: Stage, random: Random): Promise<StreamLog[]> {
  const logs: StreamLog[] = [];
  for (let i = 0; i < CONTROLS; i++) {
    const call = chaosCall({ face: "anthropic", key: "", tokens: 300, delayMs: DELAY_MS });
    const headers = { "x-api-key": FAKE_ANTHROPIC_KEY, "anthropic-version": "2023-06-01" };
    const direct = openStream(upstream.url, { ...call, path: "/v1/messages", headers });
    await leavePoint(direct.log, random);
    direct.leave();
    logs.push(await direct.ended);
  }
  return logs;
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

/** Ms from a client's leaving to the upstream's noticing; both on the clock of this machine. */
function closingTimes(
  name: string,
  logs: readonly StreamLog[],
  book: readonly BookEntry[],
): { count: number; p99: number } {
  const leftAt = new Map(logs.map((log) => [log.call.bodySha256, log.leftAtMs]));
  const lags = book
    .flatMap(({ requestBytesSha256, closedByClientAtMs }) => {
      const leftAtMs = leftAt.get(requestBytesSha256);
      return closedByClientAtMs === null || !leftAtMs ? [] : [closedByClientAtMs - leftAtMs];
    })
    .sort((a, b) => a - b);
  const at = (share: number) =>
    lags[Math.min(lags.length - 1, Math.floor(lags.length * share))] ?? 0;
  note(`${name}: ${lags.length} closed, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms`);
  return { count: lags.length, p99: at(0.99) };
}
