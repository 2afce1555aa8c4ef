import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { areBooksRight, verifyBooks } from "../lib/services/usage/verify-books";
import {
  admissionRequest,
  attemptRecord,
  settlementOf,
  type TestRedis,
  testKey,
  testProcess,
  testRedis,
  until,
} from "../lib/testing/factories/metering";
import { createTestDatabase, type TestDatabase } from "../lib/testing/factories/test-database";

let database: TestDatabase;
let redis: TestRedis;
let folder: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  redis = testRedis();
  folder = mkdtempSync(path.join(tmpdir(), "worker-"));
});
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
  await redis?.close();
  await database?.drop();
});

function startWorker(): { child: ChildProcess; output: () => string } {
  let output = "";
  const child = spawn(process.execPath, ["--import", "tsx", "workers/main.ts"], {
    cwd: path.resolve(import.meta.dirname, ".."),
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "test",
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      REDIS_PREFIX: redis.prefix,
      DATA_DIR: folder,
      ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
      SESSION_SECRET: "a session secret of the worker's test, long enough",
      SWEEP_AFTER_MS: "800",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  children.push(child);
  return { child, output: () => output };
}

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));

it("books everything once although it is killed, sweeps the dead, and ends cleanly on SIGTERM", async () => {
  const key = await testKey(database.db);
  const web = testProcess(database.db, redis);
  const count = () => database.db.request.count({ where: { keyId: key.id } });
  const serve = async (requests: number) => {
    for (let i = 0; i < requests; i++) {
      const request = admissionRequest(key);
      web.settle(settlementOf(request, await web.admit(request), 3n));
    }
    await web.idle();
  };
  // A request whose process dies: nobody will settle it.
  const orphan = admissionRequest(key);
  const dead = testProcess(database.db, redis);
  await dead.admit(orphan);
  dead.checkpoint(orphan.requestId, () => [attemptRecord(11n)]);
  await dead.heart.writeCheckpoints();

  const first = startWorker();
  await until(async () => first.output().includes("worker.ready"), 20_000);
  await serve(150);
  await until(async () => (await count()) > 0);
  first.child.kill("SIGKILL");
  await ended(first.child);
  await serve(150);
  const second = startWorker();
  // The messages that the killed one held are taken over after their idle time.
  await until(async () => (await count()) === 301, 60_000).catch(() => {
    throw new Error(second.output());
  });
  const swept = await database.db.request.findFirst({ where: { requestId: orphan.requestId } });
  expect(swept).toMatchObject({ outcome: "cut", estimated: true, chargeMicroUsd: 11n });
  const total = await database.db.usageDay.aggregate({
    where: { keyId: key.id },
    _sum: { chargeMicroUsd: true, requests: true },
  });
  expect(total._sum).toEqual({ chargeMicroUsd: 911n, requests: 301n });
  expect(areBooksRight(await verifyBooks(database.db, Date.now(), Date.now()))).toBe(true);
  expect(await database.db.priceBook.count()).toBeLessThanOrEqual(1);

  second.child.kill("SIGTERM");
  expect(await ended(second.child)).toBe(0);
  expect(second.output()).not.toContain('"level":50');
  for (const process of [web, dead]) process.drop();
}, 180_000);
