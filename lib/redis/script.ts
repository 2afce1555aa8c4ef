import type { Redis } from "ioredis";
import { type ScriptBatches, scriptBatches } from "./script-batches";

export type ScriptCall = (
  keys: readonly string[],
  args: readonly (string | number)[],
) => Promise<unknown>;

/** A connection's batches: what its scripts are asked in one turn of the event loop travels together. */
const batchesOf = new WeakMap<Redis, ScriptBatches>();

/**
 * Registers a Lua script under `name` and answers its call, by EVALSHA. The text travels once per
 * connection; calls that follow each other on one hash tag share a command, in their order.
 */
export function defineScript(redis: Redis, name: string, lua: string): ScriptCall {
  redis.defineCommand(name, { lua: inBatches(lua) });
  const batches = batchesOf.get(redis) ?? scriptBatches(redis);
  batchesOf.set(redis, batches);
  return (keys, args) => batches.call(name, keys, args);
}

/**
 * The script as a function, called for one batch item after another; an item that fails leaves the
 * others alone. ARGV: for each item its number of keys, its number of arguments, the arguments.
 */
function inBatches(lua: string): string {
  return `
local function run(KEYS, ARGV)
${lua}
end
local answers, k, a = {}, 0, 0
while a < #ARGV do
  local keys, args = {}, {}
  local keyCount, argCount = tonumber(ARGV[a + 1]), tonumber(ARGV[a + 2])
  for i = 1, keyCount do keys[i] = KEYS[k + i] end
  for i = 1, argCount do args[i] = ARGV[a + 2 + i] end
  k, a = k + keyCount, a + 2 + argCount
  local ok, answer = pcall(run, keys, args)
  if not ok and type(answer) == 'table' then answer = answer.err end
  answers[#answers + 1] = {ok and 1 or 0, answer}
end
return answers`;
}

/** A script's array answer as texts; anything else is a broken script and throws. */
export function textArray(answer: unknown): string[] {
  if (!Array.isArray(answer)) throw new TypeError("A Redis script answered no array.");
  return answer.map((item) => String(item ?? ""));
}
