import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { FAKE_ANTHROPIC_KEY } from "../../lib/testing/upstream/keys";
import { type FakeUpstream, startFakeUpstream } from "../../lib/testing/upstream/server";
import { messages } from "./support/doors";
import { watchRedis } from "./support/monitor";
import { type Portal, startPortal } from "./support/portal";
import { startProxy, type TcpProxy } from "./support/proxy";
import { type RawCall, rawCall } from "./support/raw-call";
import { tripsOf } from "./support/redis-trips";

/** Longer than any work of the portal, shorter than the upstream takes: trips lie apart by it. */
const TRIP_MS = 150;
const UPSTREAM_MS = 600;

let upstream: FakeUpstream;
let portal: Portal;
let key = "";
let monitor: Awaited<ReturnType<typeof watchRedis>>;
const proxies: { postgres?: TcpProxy; redis?: TcpProxy } = {};

beforeAll(async () => {
  upstream = await startFakeUpstream();
  portal = await startPortal({
    relayOnly: true,
    worker: false,
    ownRedis: true,
    via: {
      async postgres(address) {
        proxies.postgres = await startProxy(address);
        return proxies.postgres.address;
      },
      async redis(address) {
        proxies.redis = await startProxy(address);
        return proxies.redis.address;
      },
    },
  });
  await portal.createUser("hot@example.com");
  await portal.allowHost(`127.0.0.1:${upstream.port}`);
  await portal.addAccount({
    provider: "claude-console",
    name: "console",
    settings: { baseUrl: upstream.url },
    secrets: { apiKey: FAKE_ANTHROPIC_KEY },
    flags: ["--max-concurrency", "20"],
  });
  key = await portal.createKey("hot@example.com", "hot", [
    "--daily-limit",
    "100",
    "--concurrency",
    "9",
  ]);
  monitor = await watchRedis(portal.redis.url);
  await vi.waitFor(async () => expect((await call()).status).toBe(200), { timeout: 15_000 });
});
afterAll(async () => {
  monitor?.stop();
  await portal?.stop();
  await proxies.postgres?.stop();
  await proxies.redis?.stop();
  await upstream?.close();
});

const call = (fields: object = {}) => rawCall(portal.url, messages(key, fields));
const streamed = (): RawCall => messages(key, { stream: true });

/** Requests of every kind, one after the other; answers their ids. */
async function traffic(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    const answer = await rawCall(portal.url, i % 2 ? messages(key, {}) : streamed());
    expect(answer.status).toBe(200);
    ids.push(String(answer.headers["request-id"]));
  }
  return ids;
}

it("asks Postgres nothing", async () => {
  await traffic(4);
  const perRound: number[] = [];
  for (let round = 0; round < 3; round++) {
    const before = proxies.postgres?.sentBytes() ?? Number.NaN;
    await traffic(20);
    perRound.push((proxies.postgres?.sentBytes() ?? Number.NaN) - before);
  }
  // The snapshots are read again once a minute: that falls into one round at most.
  expect(Math.min(...perRound)).toBe(0);
  expect(perRound.filter((bytes) => bytes > 0).length).toBeLessThanOrEqual(1);
});

it("sends Redis at most four commands in two round trips, one of them waited for", async () => {
  await traffic(4);
  proxies.redis?.delayAnswers(TRIP_MS);
  upstream.faults.add({ faults: [{ kind: "delay-head", ms: UPSTREAM_MS }] });
  const ids: string[] = [];
  const tookMs: number[] = [];
  for (let i = 0; i < 6; i++) {
    // The settlement of the one before must not be under way: pipelines follow each other.
    await sleep(2 * TRIP_MS);
    const begun = performance.now();
    ids.push(...(await traffic(1)));
    tookMs.push(performance.now() - begun);
  }
  // The answer waits for one trip to Redis and for the upstream, and for nothing else of that kind.
  expect(Math.min(...tookMs)).toBeLessThan(UPSTREAM_MS + 2 * TRIP_MS);
  await sleep(3 * TRIP_MS);
  for (const id of ids) {
    const trips = tripsOf(id, monitor.seen(), TRIP_MS / 2);
    expect(trips.length, id).toBe(2);
    expect(trips.flat().length, id).toBeLessThanOrEqual(4);
  }
});
