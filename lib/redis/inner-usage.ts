import type { Redis } from "ioredis";

/** A second hop may settle long before its first one; the expiry only bounds what a lost process leaves. */
const KEPT_MS = 3_600_000;

/**
 * What second hops used, kept for the first hop that they belong to. `hops` is the name of the hash
 * of first hops in flight (`keyNames().hops`), which both hops know.
 */
export function innerUsageStore(redis: Redis) {
  const list = (hops: string, firstHop: string) => `${hops}:used:${firstHop}`;
  return {
    async add(hops: string, firstHop: string, json: string): Promise<void> {
      const name = list(hops, firstHop);
      await redis.multi().rpush(name, json).pexpire(name, KEPT_MS).exec();
    },
    /** All that was added for that first hop, in order. */
    read: (hops: string, firstHop: string): Promise<string[]> =>
      redis.lrange(list(hops, firstHop), 0, -1),
    async forget(hops: string, firstHop: string): Promise<void> {
      await redis.del(list(hops, firstHop));
    },
  };
}
