import type { Redis } from "ioredis";
import type { KeyNames } from "./key-names";

/** A conversation that rests longer than this goes on without the thoughts that its client cannot carry. */
const TTL_SECONDS = 72 * 3_600;

export interface StoredThought {
  name: string;
  value: string;
}

export type ThoughtStore = ReturnType<typeof thoughtStore>;

/** Where signatures lie that a client's protocol has no field for. All of one owner is in one slot. */
export function thoughtStore(redis: Redis, keys: KeyNames) {
  return {
    /** Values in the order of the names; null for what is not there. One round trip. */
    async read(
      tag: string,
      ownerId: string,
      names: readonly string[],
    ): Promise<readonly (string | null)[]> {
      if (names.length === 0) return [];
      return redis.mget(names.map((name) => keys.thought(tag, ownerId, name)));
    },
    /** Stores all in one round trip; answers how many bytes the owner had stored on that day so far. */
    async write(
      tag: string,
      ownerId: string,
      thoughts: readonly StoredThought[],
      day: number,
    ): Promise<number> {
      const counter = keys.thoughtBytes(tag, ownerId, day);
      const bytes = thoughts.reduce((sum, { value }) => sum + value.length, 0);
      const batch = redis.pipeline();
      for (const { name, value } of thoughts) {
        batch.set(keys.thought(tag, ownerId, name), value, "EX", TTL_SECONDS);
      }
      batch.incrby(counter, bytes);
      batch.expire(counter, TTL_SECONDS);
      const answers = await batch.exec();
      const failed = answers?.find(([error]) => error)?.[0];
      if (failed) throw failed;
      return Number(answers?.at(-2)?.[1] ?? 0);
    },
  };
}
