import type { Redis } from "ioredis";
import { type ScriptBatches, scriptBatches } from "./script-batches";

export type ScriptCall = (
  keys: readonly string[],
  args: readonly (string | number)[],
  text?: string,
) => Promise<unknown>;

/** The same call with what a script is asked written out already; see `scriptCallJson`. */
export type WrittenScriptCall = (firstKey: string, json: string, text: string) => Promise<unknown>;

/** A connection's batches: what its scripts are asked in one turn of the event loop travels together. */
const batchesOf = new WeakMap<Redis, ScriptBatches>();

/**
 * Adds a Lua script to a connection's and answers its call. In the script `KEYS` and `ARGV` are lists
 * as always (of texts), `TEXT` is a longer text that needs no copying into JSON (a line, without a line
 * end), and `NOW` is the server's time in ms: a number is exact as a command's argument, but needs a
 * format in a text. Calls that follow each other share a command, in their order.
 */
export function defineScript(redis: Redis, name: string, lua: string): ScriptCall {
  const call = defineWrittenScript(redis, name, lua);
  return (keys, args, text = "") =>
    call(keys[0] ?? "", scriptCallJson(keys, JSON.stringify(args.map(String))), text);
}

/** Adds a script whose caller writes its calls out by itself, from parts that it keeps. */
export function defineWrittenScript(redis: Redis, name: string, lua: string): WrittenScriptCall {
  const batches = batchesOf.get(redis) ?? scriptBatches(redis);
  batchesOf.set(redis, batches);
  batches.define(name, lua);
  return (firstKey, json, text) => batches.call(name, firstKey, json, text);
}

/**
 * What a script is asked, as JSON: `[KEYS, ARGV]`. `argsJson` may be of any shape that the script
 * reads. Names of keys never need an escape.
 */
export function scriptCallJson(keys: readonly string[], argsJson: string): string {
  return `[["${keys.join('","')}"],${argsJson}]`;
}

/** A script's array answer as texts; anything else is a broken script and throws. */
export function textArray(answer: unknown): string[] {
  if (!Array.isArray(answer)) throw new TypeError("A Redis script answered no array.");
  return answer.map((item) => String(item ?? ""));
}
