import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { ownRedis } from "../../../lib/testing/factories/own-redis";

export interface TestRedis {
  url: string;
  /** Prefix of this portal's names. */
  prefix: string;
  /** Only of a server of one's own: kill -9. */
  kill(): Promise<void>;
  /** Only of a server of one's own: on the same port and data as before. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A prefix of its own on the server of `TEST_REDIS_URL`; its names go when the test ends. */
export function sharedRedis(): TestRedis {
  const url = process.env.TEST_REDIS_URL;
  if (!url) throw new Error("The journeys need TEST_REDIS_URL; npm test sets it.");
  const prefix = `e2e-${randomUUID().slice(0, 8)}`;
  return {
    url,
    prefix,
    kill: () => Promise.reject(new Error("A shared Redis is not killed.")),
    start: () => Promise.reject(new Error("A shared Redis is not started.")),
    stop: () => forget(url, prefix),
  };
}

/** A Redis server of its own, durable as the portal's is, for tests that kill it. */
export async function separateRedis(): Promise<TestRedis> {
  const { url, kill, start, stop } = await ownRedis();
  return {
    url,
    prefix: "e2e",
    kill,
    start,
    stop,
  };
}

async function forget(url: string, prefix: string): Promise<void> {
  const redis = new Redis(url);
  for await (const names of redis.scanStream({ match: `*${prefix}*`, count: 1_000 })) {
    if (names.length > 0) await redis.unlink(...names);
  }
  await redis.quit();
}
