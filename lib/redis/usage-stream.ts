import type { Redis } from "ioredis";
import { type KeyNames, payerTag, SHARDS } from "./key-names";

const GROUP = "books";

/** A message of the usage stream: settlement, refusal or account event. */
export interface UsageMessage {
  stream: string;
  id: string;
  kind: "s" | "r" | "e";
  json: string;
}

/** A settlement that lies in the stream, as far as the seeding of a counter looks at it. */
export interface StreamedCharge {
  requestId: string;
  keyId: string;
  ownerId: string;
  startedAtMs: number;
  chargeMicroUsd: bigint;
}

/** Appends a message that is no settlement; `about` only spreads messages over the shards. */
export async function appendMessage(
  redis: Redis,
  keys: KeyNames,
  about: string,
  kind: "r" | "e",
  json: string,
): Promise<void> {
  await redis.xadd(keys.usage(payerTag(about)), "*", "t", kind, "j", json);
}

/** Makes the consumer group in every shard; a stream that has one keeps it. */
export async function ensureGroups(redis: Redis, keys: KeyNames): Promise<void> {
  const results = await Promise.allSettled(
    SHARDS.map((tag) => redis.xgroup("CREATE", keys.usage(tag), GROUP, "0", "MKSTREAM")),
  );
  for (const result of results) {
    if (result.status === "rejected" && !String(result.reason).includes("BUSYGROUP")) {
      throw result.reason;
    }
  }
}

/** New messages of all shards; waits up to `blockMs` for the first. At most `perShard` of each. */
export async function readNew(
  redis: Redis,
  keys: KeyNames,
  consumer: string,
  perShard: number,
  blockMs: number,
): Promise<UsageMessage[]> {
  const streams = SHARDS.map((tag) => keys.usage(tag));
  const answer = await redis.xreadgroup(
    "GROUP",
    GROUP,
    consumer,
    "COUNT",
    perShard,
    "BLOCK",
    blockMs,
    "STREAMS",
    ...streams,
    ...streams.map(() => ">"),
  );
  return readStreams(answer);
}

/** Takes over messages that a consumer has held for longer than `idleMs`: it died or hangs. */
export async function claimStale(
  redis: Redis,
  keys: KeyNames,
  consumer: string,
  idleMs: number,
  perShard: number,
): Promise<UsageMessage[]> {
  const answers = await Promise.all(
    SHARDS.map(async (tag) => {
      const stream = keys.usage(tag);
      const answer = await redis.xautoclaim(
        stream,
        GROUP,
        consumer,
        idleMs,
        "0",
        "COUNT",
        perShard,
      );
      return readEntries(stream, Array.isArray(answer) ? answer[1] : []);
    }),
  );
  return answers.flat();
}

/** Messages are booked: they are no longer owed to anybody. `trimBooked` removes them later. */
export async function acknowledge(redis: Redis, messages: readonly UsageMessage[]): Promise<void> {
  const idsByStream = new Map<string, string[]>();
  for (const { stream, id } of messages) {
    idsByStream.set(stream, [...(idsByStream.get(stream) ?? []), id]);
  }
  await Promise.all([...idsByStream].map(([stream, ids]) => redis.xack(stream, GROUP, ...ids)));
}

/** Sets a message that cannot be booked aside, so that it never blocks the others. */
export async function bury(
  redis: Redis,
  keys: KeyNames,
  message: UsageMessage,
  reason: string,
): Promise<void> {
  const dead = keys.deadLetters("s0");
  await redis.xadd(dead, "*", "t", message.kind, "why", reason.slice(0, 500), "j", message.json);
  await redis.xack(message.stream, GROUP, message.id);
}

export interface ShardBacklog {
  stream: string;
  /** Messages that no consumer has booked yet. */
  owed: number;
  /** Everything with a smaller id has been booked. */
  bookedBefore: string | null;
}

/** How far each shard has been booked. */
export async function backlog(redis: Redis, keys: KeyNames): Promise<ShardBacklog[]> {
  return Promise.all(
    SHARDS.map(async (tag) => {
      const stream = keys.usage(tag);
      const groups = await redis.xinfo("GROUPS", stream).catch(() => []);
      const fields = Array.isArray(groups) ? pairs(groups[0]) : new Map<string, unknown>();
      const pending = Number(fields.get("pending") ?? 0);
      const owed = pending + Number(fields.get("lag") ?? 0);
      return { stream, owed, bookedBefore: await bookedBefore(redis, stream, pending, fields) };
    }),
  );
}

/**
 * Removes what is older than `bookedBefore`. Called some seconds after that was learnt: the seeding
 * of a spend counter counts on booked messages staying readable for a while.
 */
export async function trimBooked(redis: Redis, shards: readonly ShardBacklog[]): Promise<void> {
  await Promise.all(
    shards.map(({ stream, bookedBefore: id }) => id && redis.xtrim(stream, "MINID", id)),
  );
}

/** All settlements that lie in a shard's stream, booked ones included, and the stream's last id. */
export async function chargesInStream(
  redis: Redis,
  stream: string,
): Promise<{ lastId: string; charges: StreamedCharge[] }> {
  const entries = await redis.xrange(stream, "-", "+");
  const charges = entries.flatMap(([, list]) => {
    const fields = pairs(list);
    if (fields.get("t") !== "s") return [];
    return [
      {
        requestId: String(fields.get("r")),
        keyId: String(fields.get("k")),
        ownerId: String(fields.get("u")),
        startedAtMs: Number(fields.get("a")),
        chargeMicroUsd: BigInt(String(fields.get("c"))),
      },
    ];
  });
  return { lastId: entries.at(-1)?.[0] ?? "0-0", charges };
}

async function bookedBefore(
  redis: Redis,
  stream: string,
  pending: number,
  fields: Map<string, unknown>,
): Promise<string | null> {
  const delivered = String(fields.get("last-delivered-id") ?? "0-0");
  if (pending === 0) return delivered === "0-0" ? null : delivered;
  const [first] = await redis.xpending(stream, GROUP, "-", "+", 1);
  return Array.isArray(first) ? String(first[0]) : null;
}

function readStreams(answer: unknown): UsageMessage[] {
  if (!Array.isArray(answer)) return [];
  return answer.flatMap((item) =>
    Array.isArray(item) ? readEntries(String(item[0]), item[1]) : [],
  );
}

function readEntries(stream: string, entries: unknown): UsageMessage[] {
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((entry) => {
    // A claimed message that was trimmed meanwhile comes without its fields.
    if (!Array.isArray(entry) || !Array.isArray(entry[1])) return [];
    const fields = pairs(entry[1]);
    const kind = fields.get("t");
    if (kind !== "s" && kind !== "r" && kind !== "e") return [];
    return [{ stream, id: String(entry[0]), kind, json: String(fields.get("j")) }];
  });
}

/** Redis answers maps as flat lists of names and values. */
function pairs(list: unknown): Map<string, unknown> {
  const found = new Map<string, unknown>();
  if (!Array.isArray(list)) return found;
  for (let i = 0; i + 1 < list.length; i += 2) found.set(String(list[i]), list[i + 1]);
  return found;
}
