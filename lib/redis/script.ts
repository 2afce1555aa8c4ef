import type { Redis } from "ioredis";

export type ScriptCall = (
  keys: readonly string[],
  args: readonly (string | number)[],
) => Promise<unknown>;

/**
 * Registers a Lua script under `name` and answers its call, by EVALSHA and auto-pipelined. The text
 * travels once per connection.
 */
export function defineScript(redis: Redis, name: string, lua: string): ScriptCall {
  redis.defineCommand(name, { lua });
  // ioredis adds the command at run time, so its type cannot know it.
  const command = Reflect.get(redis, name) as (...args: (string | number)[]) => Promise<unknown>;
  return (keys, args) => command.call(redis, keys.length, ...keys, ...args);
}

/** A script's array answer as texts; anything else is a broken script and throws. */
export function textArray(answer: unknown): string[] {
  if (!Array.isArray(answer)) throw new TypeError("A Redis script answered no array.");
  return answer.map((item) => String(item ?? ""));
}
