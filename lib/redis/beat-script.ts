import type { Redis } from "ioredis";
import { defineScript, textArray } from "./script";

/**
 * A process's sign of life in one shard, and the renewal of its leases there; leases that ran out go.
 * Answers the shard's epoch and the requests that have no intent any more.
 *
 * KEYS: beats, intents, epoch, then lease keys. ARGV: owner, graceMs, leaseMs, JSON [[request, lease
 * key number, …], …].
 */
const BEAT = `
redis.call('ZADD', KEYS[1], NOW, ARGV[1])
local epoch = redis.call('GET', KEYS[3])
if not epoch then
  epoch = string.format('%.0f', NOW + ARGV[2])
  redis.call('SET', KEYS[3], epoch)
end
local answer = {epoch}
for _, item in ipairs(cjson.decode(ARGV[4])) do
  if redis.call('HEXISTS', KEYS[2], item[1]) == 0 then
    answer[#answer + 1] = item[1]
  else
    for i = 2, #item do
      local key = KEYS[item[i] + 3]
      redis.call('ZADD', key, NOW + ARGV[3], item[1])
      redis.call('PEXPIRE', key, ARGV[3] * 2)
    end
  end
end
for i = 4, #KEYS do redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', NOW) end
return answer
`;

/** Puts a running request back after the server lost everything. KEYS: intents, then leases, spends. */
const RESTORE = `
if redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2]) == 0 then return 0 end
local leases = tonumber(ARGV[3])
for i = 2, 1 + leases do
  redis.call('ZADD', KEYS[i], NOW + ARGV[4], ARGV[1])
  redis.call('PEXPIRE', KEYS[i], ARGV[4] * 2)
end
for i = 2 + leases, #KEYS do redis.call('HINCRBY', KEYS[i], 'h', ARGV[5]) end
return 1
`;

/**
 * Begins a new epoch when the server is another run than before: after a crash the last seconds before
 * it may be missing. KEYS: server-run, epoch. ARGV: run id, graceMs.
 */
const NOTE_RUN = `
local before = redis.call('GET', KEYS[1])
if before == ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1])
if not before then return 0 end
redis.call('SET', KEYS[2], string.format('%.0f', NOW + ARGV[2]))
return 1
`;

/** KEYS: intents, checkpoints. ARGV: request, JSON, … A request that has ended takes none. */
const CHECKPOINT = `
local kept = 0
for i = 1, #ARGV, 2 do
  if redis.call('HEXISTS', KEYS[1], ARGV[i]) == 1 then
    redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1])
    kept = kept + 1
  end
end
return kept
`;

export interface BeatInput {
  beats: string;
  intents: string;
  epoch: string;
  owner: string;
  graceMs: number;
  leaseMs: number;
  running: readonly { requestId: string; leases: readonly string[] }[];
}

export interface RestoreInput {
  intents: string;
  requestId: string;
  /** "startedAt|parent|json" */
  intent: string;
  leases: readonly string[];
  spends: readonly string[];
  leaseMs: number;
  reserve: string;
}

export function beatScripts(redis: Redis) {
  const beat = defineScript(redis, "rpBeat", BEAT);
  const restore = defineScript(redis, "rpRestore", RESTORE);
  const checkpoint = defineScript(redis, "rpCheckpoint", CHECKPOINT);
  const noteRun = defineScript(redis, "rpNoteRun", NOTE_RUN);
  return {
    async beat(input: BeatInput): Promise<{ epoch: string; missing: string[] }> {
      const keys = [...new Set(input.running.flatMap((item) => item.leases))];
      const numbers = new Map(keys.map((key, i) => [key, i + 1]));
      const items = input.running.map((item) => [
        item.requestId,
        ...item.leases.map((key) => numbers.get(key) ?? 0),
      ]);
      const answer = await beat(
        [input.beats, input.intents, input.epoch, ...keys],
        [input.owner, input.graceMs, input.leaseMs, JSON.stringify(items)],
      );
      const [epoch = "", ...missing] = textArray(answer);
      return { epoch, missing };
    },
    async restore(input: RestoreInput): Promise<void> {
      await restore(
        [input.intents, ...input.leases, ...input.spends],
        [input.requestId, input.intent, input.leases.length, input.leaseMs, input.reserve],
      );
    },
    /** Compares the server's run with the one that these shards knew; see `NOTE_RUN`. */
    async noteRun(
      shards: readonly { serverRun: string; epoch: string }[],
      graceMs: number,
    ): Promise<void> {
      const about = await redis.info("server");
      const run = /^run_id:(\w+)/m.exec(about)?.[1] ?? "";
      await Promise.all(
        shards.map((shard) => noteRun([shard.serverRun, shard.epoch], [run, graceMs])),
      );
    },
    async checkpoint(
      intents: string,
      checkpoints: string,
      entries: readonly (readonly [requestId: string, json: string])[],
    ): Promise<void> {
      await checkpoint([intents, checkpoints], entries.flat());
    },
  };
}
