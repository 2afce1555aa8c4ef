import { Redis } from "ioredis";
import { keyNames, SHARDS } from "../../../lib/redis/key-names";
import { backlog } from "../../../lib/redis/usage-stream";
import type { Portal } from "../../relay/support/portal";

/** What is still in flight as Redis has it. All zero when nothing runs. */
export interface RedisState {
  intents: number;
  checkpoints: number;
  /** Messages that were not booked yet. */
  owed: number;
  /** Messages that could not be booked. */
  buried: number;
  /** Slots that somebody holds. */
  leases: number;
  /** Reserved and not settled, micro-USD. */
  held: bigint;
  /** Spent as the limits know it, micro-USD, over all counters. */
  spent: bigint;
}

/** Reads a portal's part of its Redis. */
export async function readRedis({ redis: { url, prefix } }: Portal): Promise<RedisState> {
  const redis = new Redis(url);
  redis.on("error", () => {});
  try {
    const keys = keyNames(prefix);
    const inAll = async (count: (tag: string) => Promise<number>) =>
      (await Promise.all(SHARDS.map(count))).reduce((sum, one) => sum + one, 0);
    const shards = await backlog(redis, keys);
    return {
      intents: await inAll((tag) => redis.hlen(keys.intents(tag))),
      checkpoints: await inAll((tag) => redis.hlen(keys.checkpoints(tag))),
      owed: shards.reduce((sum, shard) => sum + shard.owed, 0),
      buried: await inAll((tag) => redis.xlen(keys.deadLetters(tag))),
      leases: await countLeases(redis, prefix),
      ...(await readSpends(redis, prefix)),
    };
  } finally {
    redis.disconnect();
  }
}

async function countLeases(redis: Redis, prefix: string): Promise<number> {
  const names = await namesLike(redis, `${prefix}:*:lease:*`);
  const counts = await Promise.all(names.map((name) => redis.zcard(name)));
  return counts.reduce((sum, one) => sum + one, 0);
}

async function readSpends(redis: Redis, prefix: string): Promise<{ held: bigint; spent: bigint }> {
  let [held, spent] = [0n, 0n];
  for (const name of await namesLike(redis, `${prefix}:*:spend:*`)) {
    const [h, s] = await redis.hmget(name, "h", "s");
    held += BigInt(h ?? 0);
    spent += BigInt(s ?? 0);
  }
  return { held, spent };
}

async function namesLike(redis: Redis, match: string): Promise<string[]> {
  const found = new Set<string>();
  for await (const names of redis.scanStream({ match, count: 1_000 })) {
    for (const name of names) found.add(String(name));
  }
  return [...found];
}
