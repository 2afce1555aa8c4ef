import type { Redis } from "ioredis";
import { defineScript } from "./script";

/**
 * Ms to wait after the first, second, … failed try. Spending every allowed try gives 19 password
 * checks in 15 minutes, and nobody ever waits a whole minute: guessing is hopeless and the owner of
 * an attacked account still gets in.
 */
const DELAYS_MS = [1_000, 3_000, 10_000, 30_000, 58_000];
const WINDOW_MS = 15 * 60_000;
const TRIES_PER_ADDRESS = 60;

const TAKE = `
local known = redis.call('HMGET', KEYS[1], 'tries', 'next')
local next = tonumber(known[2] or '0')
if NOW < next then return next - NOW end
local tries = tonumber(known[1] or '0') + 1
local delay = tonumber(ARGV[math.min(tries, #ARGV - 1) + 1])
redis.call('HSET', KEYS[1], 'tries', tries, 'next', NOW + delay)
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return 0`;

const TAKE_FROM_ADDRESS = `
local tries = redis.call('INCR', KEYS[1])
if tries == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
if tries > tonumber(ARGV[2]) then return redis.call('PTTL', KEYS[1]) end
return 0`;

/**
 * Counts tries in Redis, so that all processes see the same ones. A try is taken before the password
 * is looked at: many at the same moment cannot slip through together.
 */
export function redisAttempts(redis: Redis, prefix = "rp") {
  const take = defineScript(redis, "portalTakeAttempt", TAKE);
  const takeFromAddress = defineScript(redis, "portalTakeAddress", TAKE_FROM_ADDRESS);
  const nameKey = (name: string) => `${prefix}:{${name}}:attempts`;
  const addressKey = (ip: string) => `${prefix}:{${ip}}:address-attempts`;
  return {
    async take(name: string): Promise<number> {
      return Number(await take([nameKey(name)], [WINDOW_MS, ...DELAYS_MS]));
    },
    async takeFromAddress(ip: string): Promise<number> {
      return Number(await takeFromAddress([addressKey(ip)], [WINDOW_MS, TRIES_PER_ADDRESS]));
    },
    async clear(name: string): Promise<void> {
      await redis.del(nameKey(name));
    },
  };
}
