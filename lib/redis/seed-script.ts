import type { Redis } from "ioredis";
import { defineScript } from "./script";

/**
 * Sets a spend counter that is missing. Truth came from a Postgres snapshot; messages that entered
 * the stream after it was compared are added here, atomically. KEYS: spend, stream, epoch.
 * ARGV: base, last seen id, field, JSON of values, from, to (0 = open), expiry (0 = none).
 */
const SEED = `
local epoch = redis.call('GET', KEYS[3]) or ''
local found = redis.call('HMGET', KEYS[1], 's', 'g')
if found[1] and found[2] == epoch then return 0 end
local wanted = {}
for _, value in ipairs(cjson.decode(ARGV[4])) do wanted[value] = true end
local from, to = tonumber(ARGV[5]), tonumber(ARGV[6])
redis.call('HSET', KEYS[1], 's', ARGV[1], 'g', epoch)
for _, entry in ipairs(redis.call('XRANGE', KEYS[2], '(' .. ARGV[2], '+')) do
  local fields = {}
  for i = 1, #entry[2], 2 do fields[entry[2][i]] = entry[2][i + 1] end
  local at = tonumber(fields.a)
  if fields.t == 's' and wanted[fields[ARGV[3]]] and at >= from and (to == 0 or at < to) then
    redis.call('HINCRBY', KEYS[1], 's', fields.c)
  end
end
if ARGV[7] ~= '0' then redis.call('PEXPIREAT', KEYS[1], ARGV[7]) end
return 1
`;

export interface SeedInput {
  spend: string;
  stream: string;
  epoch: string;
  baseMicroUsd: bigint;
  lastSeenId: string;
  /** Field of the stream's messages that the scope is about: key or user. */
  field: "k" | "u";
  values: readonly string[];
  fromMs: number;
  /** 0 for a period without an end. */
  toMs: number;
  expiresAtMs: number;
}

/** Seeds once; false when another process was faster. */
export function seedScript(redis: Redis) {
  const call = defineScript(redis, "rpSeed", SEED);
  return async (input: SeedInput): Promise<boolean> => {
    const answer = await call(
      [input.spend, input.stream, input.epoch],
      [
        input.baseMicroUsd.toString(),
        input.lastSeenId,
        input.field,
        JSON.stringify(input.values),
        input.fromMs,
        input.toMs,
        input.expiresAtMs,
      ],
    );
    return answer === 1;
  };
}
