import type { Redis } from "ioredis";
import type { KeyNames } from "./key-names";
import { defineWrittenScript, scriptCallJson } from "./script";

/**
 * Ends a request: leases, reservation → actual, intent and check-point away, message on its way to
 * Postgres; all or nothing. Counters move only together with the intent, so a second delivery (a
 * spool, a sweep before) changes none; the message may go twice, Postgres takes the first.
 *
 * A spend counter without `s` is left alone: its seeding reads this message from the stream.
 *
 * KEYS: intents, checkpoints, stream, then leases, spends. ARGV: request, number of leases, reserve,
 * charge, key, owner, start. TEXT: the message.
 */
const SETTLE = `
local id, leases, reserve, charge = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4]
local had = redis.call('HDEL', KEYS[1], id)
redis.call('HDEL', KEYS[2], id)
for i = 4, 3 + leases do redis.call('ZREM', KEYS[i], id) end
if had == 1 then
  for i = 4 + leases, #KEYS do
    local found = redis.call('HMGET', KEYS[i], 'h', 's')
    if reserve ~= '0' and found[1] then redis.call('HINCRBY', KEYS[i], 'h', '-' .. reserve) end
    if found[2] then redis.call('HINCRBY', KEYS[i], 's', charge) end
  end
end
redis.call('XADD', KEYS[3], '*', 't', 's', 'r', id, 'k', ARGV[5], 'u', ARGV[6], 'a', ARGV[7], 'c', charge, 'j', TEXT)
return had
`;

/** What ends a request, to be written out as a `SettleOrder`. */
export interface SettleParts {
  requestId: string;
  tag: string;
  leases: readonly string[];
  spends: readonly string[];
  /** Micro-USD, decimal. */
  reserve: string;
  charge: string;
  keyId: string;
  ownerId: string;
  startedAtMs: number;
  /** The message itself. */
  json: string;
  releases: readonly AccountRelease[];
}

/**
 * Everything that ends a request, as plain JSON: it may lie in a spool file for a while. Written out
 * but for little, since many are kept in memory, where a text is cheaper than what it was made of.
 */
export interface SettleOrder {
  requestId: string;
  intents: string;
  /** The script's keys and arguments; see `scriptCallJson`. */
  call: string;
  /** The message itself. */
  json: string;
  /** Of accounts that left a trace: the other ones' leases are among the call's. */
  releases: readonly AccountRelease[];
}

export function settleOrder(keys: KeyNames, parts: SettleParts): SettleOrder {
  const { requestId, tag, reserve, charge, json } = parts;
  const releases: AccountRelease[] = [];
  const leases = [...parts.leases];
  for (const place of parts.releases) {
    if (leavesTrace(place)) releases.push(place);
    else leases.push(place.leases);
  }
  const intents = keys.intents(tag);
  const names = [intents, keys.checkpoints(tag), keys.usage(tag), ...leases, ...parts.spends];
  const args = `["${requestId}",${leases.length},"${reserve}","${charge}","${parts.keyId}","${parts.ownerId}","${parts.startedAtMs}"]`;
  return { requestId, intents, call: scriptCallJson(names, args), json, releases };
}

/** What an account's lease and hop trace need to be undone. */
export interface AccountRelease {
  leases: string;
  hops: string | null;
  hopIndex: string | null;
  fingerprint: string | null;
}

/** A trace is taken and undone by scripts of its own; without one, an account's lease is one like the others. */
export function leavesTrace({ hops }: AccountRelease): boolean {
  return hops !== null;
}

/** Settles on a connection; true when the intent was still there. */
export function settleScript(redis: Redis) {
  const settle = defineWrittenScript(redis, "rpSettle", SETTLE);
  return async ({ intents, call, json }: SettleOrder): Promise<boolean> =>
    (await settle(intents, call, json)) === 1;
}
