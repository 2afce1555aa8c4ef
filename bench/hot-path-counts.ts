import { setTimeout as sleep } from "node:timers/promises";
import { watchRedis } from "../e2e/relay/support/monitor";
import { startProxy, type TcpProxy } from "../e2e/relay/support/proxy";
import { rawCall } from "../e2e/relay/support/raw-call";
import { tripsOf } from "../e2e/relay/support/redis-trips";
import { startChild } from "./child";
import type { CleanUp } from "./clean-up";
import { messagesBody } from "./messages";
import { preparedPortal } from "./relays";

/** Added to every answer of Redis: round trips become visible, and lie apart. */
const TRIP_MS = 100;
const REQUESTS = 6;
const QUIET_ROUNDS = 3;
const QUIET_REQUESTS = 30;

/** What a request costs the databases; the largest of what was seen. */
export interface HotPathCounts {
  redisCommands: number;
  redisTrips: number;
  /** Round trips that the first byte waits for. */
  redisWaited: number;
  /** Bytes that all requests of the quietest round together sent to Postgres. */
  postgresBytes: number;
}

/** Counts on a portal of its own, whose ways to Redis and Postgres are watched. */
export async function countHotPath(ends: CleanUp): Promise<HotPathCounts> {
  const upstream = await startChild("./upstream-process.ts");
  ends.later(upstream.stop);
  const { portal, redis, postgres } = await watchedPortal(upstream.port, ends);
  const monitor = await watchRedis(portal.redis.url);
  ends.later(monitor.stop);
  const postgresBytes = await quietestRound(portal, postgres.sentBytes);
  redis.delayAnswers(TRIP_MS);
  const asked = await oneByOne(portal);
  const trips = asked.map(({ id }) => tripsOf(id, monitor.seen(), TRIP_MS / 2));
  return {
    redisCommands: Math.max(...trips.map((of) => of.flat().length)),
    redisTrips: Math.max(...trips.map((of) => of.length)),
    redisWaited: Math.floor(Math.min(...asked.map(({ tookMs }) => tookMs)) / TRIP_MS),
    postgresBytes,
  };
}

async function watchedPortal(upstreamPort: number, ends: CleanUp) {
  const ways: { redis?: TcpProxy; postgres?: TcpProxy } = {};
  const through = (way: "redis" | "postgres") => async (address: string) => {
    const proxy = await startProxy(address);
    ends.later(proxy.stop);
    ways[way] = proxy;
    return proxy.address;
  };
  const via = { redis: through("redis"), postgres: through("postgres") };
  const options = { relayOnly: true, worker: false, ownRedis: true, via };
  const portal = await preparedPortal(upstreamPort, options, ends);
  const { redis, postgres } = ways;
  if (!redis || !postgres) throw new Error("The portal was started without its databases.");
  return { portal, redis, postgres };
}

interface Target {
  url: string;
  key: string;
}

/** The snapshots are read again once a minute, which falls into one round at most. */
async function quietestRound(target: Target, sentBytes: () => number): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < QUIET_ROUNDS; round++) {
    const before = sentBytes();
    for (let i = 0; i < QUIET_REQUESTS; i++) await ask(target);
    rounds.push(sentBytes() - before);
  }
  return Math.min(...rounds);
}

async function oneByOne(target: Target): Promise<{ id: string; tookMs: number }[]> {
  const asked: { id: string; tookMs: number }[] = [];
  for (let i = 0; i < REQUESTS; i++) {
    // Pipelines follow each other: the settlement before this must not be under way any more.
    await sleep(2 * TRIP_MS);
    const begun = performance.now();
    const id = await ask(target);
    asked.push({ id, tookMs: performance.now() - begun });
  }
  await sleep(2 * TRIP_MS);
  return asked;
}

async function ask({ url, key }: Target): Promise<string> {
  const { status, headers } = await rawCall(url, {
    method: "POST",
    path: "/v1/messages",
    headers: { "x-api-key": key, "content-type": "application/json" },
    body: messagesBody(500, true),
  });
  if (status !== 200) throw new Error(`The portal answered ${status}.`);
  return String(headers["request-id"]);
}
