import type { Redis } from "ioredis";
import type { KeyNames } from "./key-names";

/** A grant that could not be stored at once is kept for this long: without it the account is lost. */
const KEPT_MS = 30 * 86_400_000;

const EXTEND = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0`;
const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

export type TokenRenewals = ReturnType<typeof tokenRenewals>;

/** What processes agree on while a token is renewed: who does it, and a grant that Postgres lacks yet. */
export function tokenRenewals(redis: Redis, keys: KeyNames) {
  return {
    /** Takes the account's lock for `ttlMs`; false while another holds it. */
    async lock(accountId: string, owner: string, ttlMs: number): Promise<boolean> {
      return (await redis.set(keys.renewalLock(accountId), owner, "PX", ttlMs, "NX")) === "OK";
    },
    /** Keeps the lock for another `ttlMs`; false when it is no longer the owner's. */
    async extend(accountId: string, owner: string, ttlMs: number): Promise<boolean> {
      return (await redis.eval(EXTEND, 1, keys.renewalLock(accountId), owner, ttlMs)) === 1;
    },
    /** Gives the lock back if it is still the owner's; as often as one likes. */
    async release(accountId: string, owner: string): Promise<void> {
      await redis.eval(RELEASE, 1, keys.renewalLock(accountId), owner);
    },
    /** Keeps a sealed grant until it is stored: it replaces a token that no longer works. */
    async keepGrant(accountId: string, text: string): Promise<void> {
      await redis.set(keys.renewalGrant(accountId), text, "PX", KEPT_MS);
    },
    /** The grant that waits to be stored; null when there is none. */
    async keptGrant(accountId: string): Promise<string | null> {
      return redis.get(keys.renewalGrant(accountId));
    },
    async dropGrant(accountId: string): Promise<void> {
      await redis.del(keys.renewalGrant(accountId));
    },
  };
}
