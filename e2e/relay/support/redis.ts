import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { freePort } from "./free-port";
import { type Program, startCommand } from "./program";

export interface TestRedis {
  url: string;
  /** Prefix of this portal's names. */
  prefix: string;
  /** Only of a server of one's own: kills it and starts it again on the same data. */
  restart(signal: NodeJS.Signals): Promise<void>;
  stop(): Promise<void>;
}

/** A prefix of its own on the server of `TEST_REDIS_URL`; its names go when the test ends. */
export function sharedRedis(): TestRedis {
  const url = process.env.TEST_REDIS_URL;
  if (!url) throw new Error("The journeys need TEST_REDIS_URL; npm test sets it.");
  const prefix = `e2e-${randomUUID().slice(0, 8)}`;
  return {
    url,
    prefix,
    restart: () => Promise.reject(new Error("A shared Redis is not restarted.")),
    stop: () => forget(url, prefix),
  };
}

/** A Redis server of its own, durable as the portal's is, for tests that kill it. */
export async function ownRedis(): Promise<TestRedis> {
  const folder = mkdtempSync(path.join(tmpdir(), "e2e-redis-"));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const start = async (): Promise<Program> => {
    const program = startCommand(
      "redis-server",
      `--port ${port} --bind 127.0.0.1 --dir ${folder} --appendonly yes --appendfsync everysec --save  --maxmemory-policy noeviction`.split(
        " ",
      ),
    );
    await untilPong(url, program);
    return program;
  };
  let program = await start();
  return {
    url,
    prefix: "e2e",
    async restart(signal) {
      await program.end(signal);
      program = await start();
    },
    async stop() {
      await program.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilPong(url: string, program: Program): Promise<void> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => 50 });
  redis.on("error", () => {});
  const deadline = Date.now() + 10_000;
  while (program.running() && Date.now() < deadline) {
    const answer = await redis.ping().catch(() => "");
    if (answer === "PONG") {
      redis.disconnect();
      return;
    }
    await sleep(50);
  }
  redis.disconnect();
  throw new Error(`Redis did not start:\n${program.output()}`);
}

async function forget(url: string, prefix: string): Promise<void> {
  const redis = new Redis(url);
  for await (const names of redis.scanStream({ match: `*${prefix}*`, count: 1_000 })) {
    if (names.length > 0) await redis.unlink(...names);
  }
  await redis.quit();
}
