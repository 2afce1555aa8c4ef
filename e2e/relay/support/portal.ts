import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  createTestDatabase,
  type TestDatabase,
} from "../../../lib/testing/factories/test-database";
import { type AdminCommands, adminCommands } from "./admin";
import { freePort } from "./free-port";
import { type Program, type ProgramEnv, startProgram, untilReady } from "./program";
import { separateRedis, sharedRedis, type TestRedis } from "./redis";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const READY_MS = 60_000;

export type Door = "fast" | "web";

export interface PortalOptions {
  /** One web process per entry, each on a port of its own; the door is the one that its relay paths go through. Default `["fast"]`. */
  doors?: readonly Door[];
  /** Default true. */
  worker?: boolean;
  /** Worker processes; 1 when absent. `worker` is the first. */
  workers?: number;
  /** Without Next: starts in about a second, serves the relay and health only. */
  relayOnly?: boolean;
  /** A Redis server of its own instead of a prefix on the shared one. */
  ownRedis?: boolean;
  /** Puts something between the programs and their databases: given an address, answers another. */
  via?: { postgres(address: string): Promise<string>; redis(address: string): Promise<string> };
  /** Limits and other variables for web and worker. */
  env?: Readonly<Record<string, string>>;
}

export interface WebProcess {
  url: string;
  /** The process that serves there now. */
  program(): Program;
  /** SIGKILL, unless another signal is named; resolves when it is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same port, with these variables changed. */
  restart(changes?: Readonly<Record<string, string>>): Promise<void>;
}

/** A whole portal of built programs on databases of its own. */
export interface Portal extends AdminCommands {
  /** Address of the first web process. */
  url: string;
  web: readonly WebProcess[];
  worker: Pick<WebProcess, "kill" | "restart">;
  database: TestDatabase;
  redis: TestRedis;
  /** The environment that its programs run in. */
  env: ProgramEnv;
  /** Ends everything and removes every trace. */
  stop(): Promise<void>;
}

/** Starts a portal from `dist/` (and `.next/`, unless `relayOnly`) and waits until it serves. */
export async function startPortal(options: PortalOptions = {}): Promise<Portal> {
  const database = await createTestDatabase();
  const redis = options.ownRedis ? await separateRedis() : sharedRedis();
  const dataDir = mkdtempSync(path.join(tmpdir(), "e2e-portal-"));
  const doors = options.doors ?? ["fast"];
  const ports = await Promise.all(doors.map(freePort));
  const url = `http://127.0.0.1:${ports[0]}`;
  const databaseUrl = (await options.via?.postgres(database.url)) ?? database.url;
  const redisUrl = (await options.via?.redis(redis.url)) ?? redis.url;
  const env = portalEnv(options, { databaseUrl, redisUrl, prefix: redis.prefix, dataDir, url });
  const web = ports.map((port, i) => webProcess({ ...env, RELAY_DOOR: doors[i] ?? "fast" }, port));
  const count = (options.worker ?? true) ? (options.workers ?? 1) : 0;
  const worker = workerProcess(env);
  const workers = [
    worker,
    ...Array.from({ length: Math.max(count - 1, 0) }, () => workerProcess(env)),
  ];
  const stop = async () => {
    await Promise.all([...web, ...workers].map((one) => one.kill("SIGTERM")));
    await redis.stop();
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await Promise.all(web.map((one) => one.restart()));
    await Promise.all(workers.slice(0, count).map((one) => one.restart()));
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...adminCommands(ROOT, env), url, web, worker, database, redis, env, stop };
}

interface Place {
  databaseUrl: string;
  redisUrl: string;
  prefix: string;
  dataDir: string;
  url: string;
}

function portalEnv(
  { relayOnly = false, env = {} }: PortalOptions,
  { databaseUrl, redisUrl, prefix, dataDir, url }: Place,
): ProgramEnv {
  return {
    PATH: process.env.PATH ?? "",
    NODE_ENV: "production",
    HOST: "127.0.0.1",
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    REDIS_PREFIX: prefix,
    PUBLIC_URL: url,
    NEXTAUTH_URL: url,
    ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    SESSION_SECRET: randomBytes(32).toString("base64"),
    NEXT_TELEMETRY_DISABLED: "1",
    RELAY_ONLY: relayOnly ? "1" : "0",
    ...env,
  };
}

function webProcess(env: ProgramEnv, port: number): WebProcess {
  const url = `http://127.0.0.1:${port}`;
  const own = restartable("server.js", { ...env, PORT: String(port) });
  return {
    url,
    ...own,
    async restart(changes) {
      await own.restart(changes);
      await untilReady(own.program(), `${url}/api/health/ready`, READY_MS);
    },
  };
}

function workerProcess(env: ProgramEnv) {
  return restartable("worker.js", { ...env, PORT: "0" });
}

function restartable(file: string, env: ProgramEnv) {
  const args = ["--enable-source-maps", path.join(ROOT, "dist", file)];
  let program: Program | null = null;
  return {
    program(): Program {
      if (!program) throw new Error(`${file} was not started.`);
      return program;
    },
    async kill(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
      await program?.end(signal);
    },
    async restart(changes: Readonly<Record<string, string>> = {}): Promise<void> {
      program = startProgram(args, { ...env, ...changes });
    },
  };
}
