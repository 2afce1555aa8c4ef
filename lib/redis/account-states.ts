import type { Redis } from "ioredis";
import type { KeyNames } from "./key-names";

/** Live states of accounts as JSON texts; null for an account that nothing has happened to. */
export async function readAccountStates(
  redis: Redis,
  keys: KeyNames,
  accountIds: readonly string[],
): Promise<(string | null)[]> {
  return Promise.all(accountIds.map((id) => redis.get(keys.accountState(id))));
}

/** Stores a state; it goes by itself after `ttlMs`, by when every cool-down in it has ended. */
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
