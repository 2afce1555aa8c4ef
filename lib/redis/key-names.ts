import { fnv1a } from "../shared/fnv1a";

/**
 * Payers are spread over this many hash tags; all that one admission touches lies behind one, but for the
 * lease of its account.
 */
export const SHARD_COUNT = 16;

export const SHARDS: readonly string[] = Array.from({ length: SHARD_COUNT }, (_, i) => `s${i}`);

/** Hash tag of a payer (team, else user): the same in every process and for ever. */
export function payerTag(payerId: string): string {
  return `s${fnv1a(payerId) % SHARD_COUNT}`;
}

export type KeyNames = ReturnType<typeof keyNames>;

/** All names in Redis, under one prefix. The part in braces decides the slot in a cluster. */
export function keyNames(prefix = "rp") {
  const shard = (tag: string, rest: string) => `${prefix}:{${tag}}:${rest}`;
  return {
    /** HASH request → "startedAt|parent|json": calls in flight. */
    intents: (tag: string) => shard(tag, "intents"),
    /** HASH request → attempts so far. */
    checkpoints: (tag: string) => shard(tag, "checkpoints"),
    /** ZSET process → last beat. */
    beats: (tag: string) => shard(tag, "beats"),
    /** Moment from which money may be spent; its absence means that the shard was emptied. */
    epoch: (tag: string) => shard(tag, "epoch"),
    /** Run id of the server that the epoch was begun on. */
    serverRun: (tag: string) => shard(tag, "server-run"),
    /** STREAM of ended requests on their way to Postgres. */
    usage: (tag: string) => shard(tag, "usage"),
    deadLetters: (tag: string) => shard(tag, "dead"),
    /** ZSET request → end of its lease. */
    leases: (tag: string, scope: string) => shard(tag, `lease:${scope}`),
    /** HASH w (window's start), n (requests in it). */
    rate: (tag: string, scope: string, seconds: number) => shard(tag, `rate:${scope}:${seconds}`),
    /** HASH s (spent) and h (held by running requests) in micro-USD, g (epoch at which s was read). */
    spend: (tag: string, scope: string, period: string) => shard(tag, `spend:${scope}:${period}`),
    sticky: (tag: string, id: string) => shard(tag, `sticky:${id}`),
    /** Sealed signature of a thought. */
    thought: (tag: string, ownerId: string, name: string) =>
      shard(tag, `thought:${ownerId}:${name}`),
    /** Bytes of thoughts that an owner had kept on a day. */
    thoughtBytes: (tag: string, ownerId: string, day: number) =>
      shard(tag, `thought-bytes:${ownerId}:${day}`),
    /** HASH request → first hops in flight that lead back through this key. */
    hops: (tag: string, keyId: string) => shard(tag, `hops:${keyId}`),
    /** ZSET of "fingerprint|request", all of score 0: found by lexical range. */
    hopIndex: (tag: string, keyId: string) => shard(tag, `hop-index:${keyId}`),
    accountState: (accountId: string) => shard(accountId, "state"),
    /** HASH process → "requests|told at". */
    accountLoad: (accountId: string) => shard(accountId, "load"),
    /** Process that renews the account's token now. */
    renewalLock: (accountId: string) => shard(accountId, "renewal-lock"),
    /** "version|expiry|envelope" of a grant that Postgres has not taken yet. */
    renewalGrant: (accountId: string) => shard(accountId, "renewal-grant"),
    /** Envelope of a sign-in that has begun. */
    signIn: (id: string) => `${prefix}:sign-in:${id}`,
    channel: (name: string) => `${prefix}:channel:${name}`,
    /** Prefix of the queues; BullMQ puts its own names behind it. */
    queues: `{${prefix}-jobs}`,
  };
}
