import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { expect, it } from "vitest";
import { makeKeySecret } from "../../lib/shared/key-format";
import { startProxy, type TcpProxy } from "../relay/support/proxy";
import { chaosCall, type Face } from "./support/call";
import { startLoad } from "./support/load";
import { judge, untilQuiet, type Verdict } from "./support/oracle";
import { chaosRandom, type Random } from "./support/random";
import { type Stage, setStage, untilServed } from "./support/stage";
import { openStream, type StreamLog } from "./support/stream";
import { FULL, note, until } from "./support/until";

const STREAMS = FULL ? 200 : 40;
const GONE_MS = FULL ? 30_000 : 3_000;
const QUIET_MS = 60_000;
const HEALTHY_MS = 15_000;
const OPEN_MS = 60_000;
/** The worker sets its rhythms anew each minute. */
const RHYTHMS_BACK_MS = 65_000;

/** Two seconds of a stream, and what a busy machine adds. */
const SWEPT_TOKENS = 440;

/** Streams of a few seconds, more than enough of them open when something happens. */
function loadOf(stage: Stage, random: Random) {
  return startLoad({
    urls: [stage.portal.url],
    key: stage.key,
    random,
    concurrency: STREAMS,
    limit: STREAMS,
    tokens: FULL ? [2_000, 6_000] : [300, 1_000],
    delayMs: 40,
  });
}

async function untilRunning(load: ReturnType<typeof loadOf>): Promise<void> {
  await until(
    () => load.streaming() >= STREAMS * 0.9,
    OPEN_MS,
    () => "too few streams run",
  );
}

/** New requests are told to wait, in the words of their face. */
async function expectRefused(stage: Stage, key = stage.key): Promise<StreamLog[]> {
  const logs: StreamLog[] = [];
  for (const face of ["anthropic", "gemini"] as const) {
    const call = chaosCall({ face, key, tokens: 5, delayMs: 0 });
    const log = await openStream(stage.portal.url, call).ended;
    expect(log.status, log.body().toString()).toBe(503);
    expect(Number(log.headers["retry-after"])).toBeGreaterThan(0);
    expect(JSON.parse(log.body().toString())).toMatchObject(ENVELOPES[face]);
    logs.push(log);
  }
  return logs;
}

const ENVELOPES: Readonly<Record<Face, object>> = {
  anthropic: { type: "error", error: {} },
  gemini: { error: { code: 503, status: "UNAVAILABLE" } },
};

async function verdictOf(stage: Stage, logs: readonly StreamLog[]): Promise<Verdict> {
  await untilQuiet(stage.portal, QUIET_MS);
  const all = [...stage.warmUp, ...logs];
  return judge({ ...stage, logs: all, sweptBound: () => SWEPT_TOKENS, counters: true });
}

it("runs on without Redis, refuses what is new, and loses nothing when it comes back or is emptied", async () => {
  const random = chaosRandom("redis gone");
  const env = { SWEEP_AFTER_MS: String(GONE_MS + 10_000) };
  const stage = await setStage({ ownRedis: true, env });
  try {
    const gone = await goneForAWhile(stage, random);
    expect((await verdictOf(stage, gone)).faults).toEqual([]);
    const emptied = await emptyMeanwhile(stage, random);
    const afterwards = FULL ? await killAfterwards(stage, random) : [];
    const verdict = await verdictOf(stage, [...gone, ...emptied, ...afterwards]);
    expect(verdict.faults).toEqual([]);
    expect(verdict.estimated).toBe(verdict.swept);
  } finally {
    await stage.stop();
  }
});

async function goneForAWhile(stage: Stage, random: Random): Promise<readonly StreamLog[]> {
  const load = loadOf(stage, random);
  await untilRunning(load);
  await stage.portal.redis.kill();
  note(`Redis kill -9 with ${load.streaming()} streams open`);
  const refused = await expectRefused(stage);
  await sleep(GONE_MS);
  await stage.portal.redis.start();
  const backMs = Date.now();
  await untilServed(stage);
  note(`serves ${Date.now() - backMs} ms after Redis came back`);
  expect(Date.now() - backMs).toBeLessThan(HEALTHY_MS);
  await load.finished();
  expect(load.logs().filter((log) => !log.complete())).toEqual([]);
  return [...refused, ...load.logs()];
}

/** What runs is put back; the limits learn anew, from Postgres, what was spent. */
async function emptyMeanwhile(stage: Stage, random: Random): Promise<readonly StreamLog[]> {
  const load = loadOf(stage, random);
  await untilRunning(load);
  const redis = new Redis(stage.portal.redis.url);
  await redis.flushall();
  redis.disconnect();
  note(`Redis emptied with ${load.streaming()} streams open`);
  await load.finished();
  await untilServed(stage);
  expect(load.logs().filter((log) => !log.complete())).toEqual([]);
  return load.logs();
}

/** The emptied server also held the rhythm of the sweeps: they must have begun again. */
async function killAfterwards(stage: Stage, random: Random): Promise<readonly StreamLog[]> {
  const load = loadOf(stage, random);
  await untilRunning(load);
  await stage.portal.web[0]?.kill();
  await load.finished();
  await stage.portal.web[0]?.restart();
  await sleep(RHYTHMS_BACK_MS);
  return load.logs();
}

it("serves on without Postgres, and books everything when it comes back", async () => {
  const random = chaosRandom("postgres gone");
  const proxies: TcpProxy[] = [];
  const via = {
    async postgres(address: string) {
      const proxy = await startProxy(address);
      proxies.push(proxy);
      return proxy.address;
    },
    redis: async (address: string) => address,
  };
  const stage = await setStage({ via });
  try {
    const load = loadOf(stage, random);
    await untilRunning(load);
    for (const proxy of proxies) proxy.cut();
    note(`Postgres away with ${load.streaming()} streams open`);
    await expectRefused(stage, makeKeySecret());
    const known = chaosCall({ face: "anthropic", key: stage.key, tokens: 20, delayMs: 5 });
    const served = await openStream(stage.portal.url, known).ended;
    expect(served.status, served.body().toString()).toBe(200);
    await sleep(GONE_MS);
    for (const proxy of proxies) proxy.mend();
    await load.finished();
    expect(load.logs().filter((log) => !log.complete())).toEqual([]);
    const verdict = await verdictOf(stage, [served, ...load.logs()]);
    expect(verdict.faults).toEqual([]);
    expect(verdict.estimated).toBe(0);
  } finally {
    await stage.stop();
    await Promise.all(proxies.map((proxy) => proxy.stop()));
  }
});
