import type { Redis } from "ioredis";
import type { KeyNames } from "./key-names";

/** Sign-ins that an admin has begun at a provider, sealed, until they end or run out. */
export function signInStore(redis: Redis, keys: KeyNames) {
  return {
    async put(id: string, sealed: string, ttlMs: number): Promise<void> {
      await redis.set(keys.signIn(id), sealed, "PX", ttlMs);
    },
    /** null when it was never begun, has ended, or ran out. */
    async read(id: string): Promise<string | null> {
      return redis.get(keys.signIn(id));
    },
    /** Ends it; true for the one caller that did. */
    async end(id: string): Promise<boolean> {
      return (await redis.del(keys.signIn(id))) === 1;
    },
  };
}
