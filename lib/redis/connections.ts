import { Redis, type RedisOptions } from "ioredis";

export type { Redis } from "ioredis";

/** Connections by purpose: a blocked or subscribed one cannot serve commands. */
export interface RedisConnections {
  /** Hot path: auto-pipelined, fails fast. */
  commands: Redis;
  /** For SUBSCRIBE only. */
  subscriber(): Redis;
  /** For blocking reads of the worker; waits for as long as the server is away. */
  blocking(): Redis;
  /** For BullMQ, which demands that commands wait for ever. */
  queue(): Redis;
  close(): Promise<void>;
}

export interface RedisConnectionOptions {
  url: string;
  /** A hot-path command that is not answered within this is refused. */
  commandTimeoutMs?: number;
  onError?: (purpose: string, error: Error) => void;
}

/** Opens connections lazily: nothing is dialled before the first command, so a build may import this. */
export function openRedis(options: RedisConnectionOptions): RedisConnections {
  const opened: Redis[] = [];
  const open = (purpose: string, extra: RedisOptions) => {
    const redis = new Redis(options.url, {
      lazyConnect: true,
      connectionName: `relay-portal-${purpose}`,
      connectTimeout: 3_000,
      retryStrategy: (times) => Math.min(50 * times, 1_000),
      ...extra,
    });
    // Without a listener a lost connection would end the process.
    redis.on("error", (error) => options.onError?.(purpose, error));
    opened.push(redis);
    return redis;
  };
  return {
    commands: open("commands", {
      enableAutoPipelining: true,
      maxRetriesPerRequest: 1,
      commandTimeout: options.commandTimeoutMs ?? 2_000,
    }),
    subscriber: () => open("subscriber", { maxRetriesPerRequest: null }),
    blocking: () => open("blocking", { maxRetriesPerRequest: null }),
    queue: () => open("queue", { maxRetriesPerRequest: null }),
    async close() {
      // One that never dialled would dial only to say goodbye.
      const dialled = opened.filter((redis) => redis.status !== "wait");
      await Promise.allSettled(dialled.map((redis) => redis.quit()));
      for (const redis of opened) redis.disconnect();
    },
  };
}
