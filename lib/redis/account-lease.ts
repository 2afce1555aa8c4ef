import type { Redis } from "ioredis";
import { defineScript, defineWrittenScript, scriptCallJson } from "./script";
import type { AccountRelease } from "./settle-script";

/**
 * KEYS: leases, and for a hop hops, hop-index. ARGV: request, limit (0 = none), leaseMs, fingerprint.
 * TEXT: hop as JSON ("" = none).
 */
const TAKE = `
local limit = tonumber(ARGV[2])
if limit > 0 then
  -- As in an admission: leases that ran out are removed by renewals, and the list kept by them.
  local used = redis.call('ZCOUNT', KEYS[1], '(' .. string.format('%.0f', NOW), '+inf')
  if used >= limit and not redis.call('ZSCORE', KEYS[1], ARGV[1]) then return 0 end
  redis.call('ZADD', KEYS[1], NOW + ARGV[3], ARGV[1])
  if used == 0 or NOW % 8 == 0 then redis.call('PEXPIRE', KEYS[1], ARGV[3] * 2) end
end
if TEXT ~= '' then
  redis.call('HSET', KEYS[2], ARGV[1], TEXT)
  redis.call('ZADD', KEYS[3], 0, ARGV[4] .. '|' .. ARGV[1])
  -- Traces go with their request; the expiry only bounds what a lost server would leave.
  redis.call('PEXPIRE', KEYS[2], 86400000)
  redis.call('PEXPIRE', KEYS[3], 86400000)
end
return 1
`;

/** KEYS: leases. ARGV: leaseMs, requests. A lease that was given back stays so. */
const RENEW = `
for i = 2, #ARGV do redis.call('ZADD', KEYS[1], 'XX', NOW + ARGV[1], ARGV[i]) end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', NOW)
redis.call('PEXPIRE', KEYS[1], ARGV[1] * 2)
return 1
`;

const GIVE = `
redis.call('ZREM', KEYS[1], ARGV[1])
if KEYS[2] then
  redis.call('HDEL', KEYS[2], ARGV[1])
  redis.call('ZREM', KEYS[3], ARGV[2] .. '|' .. ARGV[1])
end
return 1
`;

/** What the second hop of a request is matched with. */
export interface HopEntry {
  /** Depth of the request that left it. */
  d: number;
  /** Accounts that lead back, from the first hop to this one. */
  a: string[];
  /** How often it was claimed. */
  n: number;
}

export interface AccountTake {
  requestId: string;
  limit: number | null;
  leaseMs: number;
  hop: HopEntry | null;
}

export function accountLeaseScripts(redis: Redis) {
  const take = defineWrittenScript(redis, "rpTakeAccount", TAKE);
  const renew = defineScript(redis, "rpRenewAccount", RENEW);
  const give = defineWrittenScript(redis, "rpGiveAccount", GIVE);
  return {
    /** Takes a lease on an account and leaves the hop trace with it; false (and neither) when it is full. */
    take(where: AccountRelease, what: AccountTake): Promise<boolean> {
      const { requestId, limit, leaseMs, hop } = what;
      const args = `["${requestId}",${limit ?? 0},${leaseMs},"${where.fingerprint ?? ""}"]`;
      const text = hop === null ? "" : JSON.stringify(hop);
      const call = scriptCallJson(keysOf(where), args);
      return take(where.leases, call, text).then((taken) => taken === 1);
    },
    /** Keeps leases that are still held. */
    async renew(leases: string, requestIds: readonly string[], leaseMs: number): Promise<void> {
      await renew([leases], [leaseMs, ...requestIds]);
    },
    /** Undoes `take`; as often as one likes. */
    give(where: AccountRelease, requestId: string): Promise<void> {
      const args = `["${requestId}","${where.fingerprint ?? ""}"]`;
      return give(where.leases, scriptCallJson(keysOf(where), args), "").then(() => {});
    },
  };
}

/** An account that does not lead back has no hop traces. */
function keysOf({ leases, hops, hopIndex }: AccountRelease): string[] {
  return hops !== null && hopIndex !== null ? [leases, hops, hopIndex] : [leases];
}
