import type { Redis } from "ioredis";
import type { KeyNames } from "./key-names";

/** Loads that were told longer ago belong to processes that have ended. */
const FRESH_MS = 15_000;

/** Live states of accounts as JSON texts; null for an account that nothing has happened to. */
export async function readAccountStates(
  redis: Redis,
  keys: KeyNames,
  accountIds: readonly string[],
): Promise<(string | null)[]> {
  return Promise.all(accountIds.map((id) => redis.get(keys.accountState(id))));
}

/** Stores a state for `ttlMs`, by when every cool-down in it has ended; null forgets it. */
export async function writeAccountState(
  redis: Redis,
  keys: KeyNames,
  accountId: string,
  json: string | null,
  ttlMs: number,
): Promise<void> {
  if (json === null) await redis.del(keys.accountState(accountId));
  else await redis.set(keys.accountState(accountId), json, "PX", ttlMs);
}

/** Tells how many requests a process runs on an account. */
export async function tellAccountLoad(
  redis: Redis,
  keys: KeyNames,
  accountId: string,
  owner: string,
  inFlight: number,
  nowMs: number,
): Promise<void> {
  const key = keys.accountLoad(accountId);
  if (inFlight === 0) {
    await redis.hdel(key, owner);
    return;
  }
  await redis.hset(key, owner, `${inFlight}|${nowMs}`);
  await redis.pexpire(key, FRESH_MS);
}

/** Requests on an account over all processes, as they last told. */
export async function readAccountLoad(
  redis: Redis,
  keys: KeyNames,
  accountId: string,
  nowMs: number,
): Promise<number> {
  const told = await redis.hvals(keys.accountLoad(accountId));
  return told
    .map((text) => text.split("|").map(Number))
    .filter(([, atMs = 0]) => nowMs - atMs < FRESH_MS)
    .reduce((sum, [count = 0]) => sum + count, 0);
}
