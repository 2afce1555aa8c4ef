import type { Redis } from "ioredis";
import { type KeyNames, SHARDS } from "./key-names";

/** A call in flight as Redis knows it. */
export interface StoredIntent {
  tag: string;
  requestId: string;
  startedAtMs: number;
  /** First hop that this call is the second of. */
  parent: string | null;
  json: string;
}

/** The text under which an intent is stored. */
export function intentText(startedAtMs: number, parent: string | null, json: string): string {
  return `${startedAtMs}|${parent ?? ""}|${json}`;
}

/** Owners of a shard that have not beaten for `silentMs`, and the server's time. */
export async function listLiveOwners(
  redis: Redis,
  keys: KeyNames,
  tag: string,
  silentMs: number,
): Promise<{ live: Set<string>; nowMs: number }> {
  const [seconds = 0, micros = 0] = (await redis.time()).map(Number);
  const nowMs = seconds * 1000 + Math.floor(micros / 1000);
  const live = await redis.zrangebyscore(keys.beats(tag), nowMs - silentMs, "+inf");
  return { live: new Set(live), nowMs };
}

/** Every intent of every shard, page by page. */
export async function* scanIntents(redis: Redis, keys: KeyNames): AsyncGenerator<StoredIntent> {
  for (const tag of SHARDS) {
    let cursor = "0";
    do {
      const [next, fields] = await redis.hscan(keys.intents(tag), cursor, "COUNT", 200);
      cursor = next;
      for (let i = 0; i + 1 < fields.length; i += 2) {
        yield parseIntent(tag, fields[i] ?? "", fields[i + 1] ?? "");
      }
    } while (cursor !== "0");
  }
}

/** The last check-point of a call; null when there was none. */
export async function readCheckpoint(
  redis: Redis,
  keys: KeyNames,
  tag: string,
  requestId: string,
): Promise<string | null> {
  return redis.hget(keys.checkpoints(tag), requestId);
}

/** Forgets owners that have been silent for a day. */
export async function dropOldOwners(redis: Redis, keys: KeyNames, nowMs: number): Promise<void> {
  await Promise.all(
    SHARDS.map((tag) => redis.zremrangebyscore(keys.beats(tag), "-inf", nowMs - 86_400_000)),
  );
}

function parseIntent(tag: string, requestId: string, text: string): StoredIntent {
  const first = text.indexOf("|");
  const second = text.indexOf("|", first + 1);
  return {
    tag,
    requestId,
    startedAtMs: Number(text.slice(0, first)),
    parent: text.slice(first + 1, second) || null,
    json: text.slice(second + 1),
  };
}
