import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { openRedis } from "../../redis/connections";

export interface OwnRedis {
  url: string;
  /** kill -9. */
  kill(): Promise<void>;
  /** On the same port and data as before. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A Redis server for tests that kill or empty it: AOF on, as in production. */
export async function ownRedis(): Promise<OwnRedis> {
  const port = await freePort();
  const folder = mkdtempSync(path.join(tmpdir(), "redis-"));
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;

  async function start(): Promise<void> {
    const options = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder];
    const durable = ["--appendonly", "yes", "--save", "", "--maxmemory-policy", "noeviction"];
    child = spawn("redis-server", [...options, ...durable], { stdio: "ignore" });
    await untilAnswered(url);
  }

  async function kill(): Promise<void> {
    const dying = child;
    child = null;
    if (!dying || dying.exitCode !== null) return;
    await new Promise<void>((resolve) => {
      dying.once("exit", () => resolve());
      dying.kill("SIGKILL");
    });
  }

  await start();
  return {
    url,
    kill,
    start,
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilAnswered(url: string): Promise<void> {
  const connections = openRedis({ url });
  await connections.blocking().ping();
  await connections.close();
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("No port.");
  return address.port;
}
