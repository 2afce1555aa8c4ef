import { readdirSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { AppError } from "../../shared/errors";
import {
  admissionRequest,
  settlementOf,
  type TestRedis,
  testCollector,
  testKey,
  testProcess,
  testRedis,
  until,
} from "../../testing/factories/metering";
import { type OwnRedis, ownRedis } from "../../testing/factories/own-redis";
import { createTestDatabase, type TestDatabase } from "../../testing/factories/test-database";
import { areBooksRight, verifyBooks } from "../usage/verify-books";
import { createSpool } from "./spool";

let database: TestDatabase;
let server: OwnRedis;
let redis: TestRedis;
const drops: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  server = await ownRedis();
  redis = testRedis(server.url);
});
afterEach(async () => {
  for (const drop of drops.splice(0)) await drop();
  await redis.close();
  await server.stop();
});
afterAll(async () => {
  await database?.drop();
});

function startProcess(extra: Parameters<typeof testProcess>[2] = {}) {
  const started = testProcess(database.db, redis, extra);
  started.start();
  drops.push(async () => {
    await started.stop();
    started.drop();
  });
  return started;
}

const booked = (keyId: string) => database.db.request.count({ where: { keyId } });

async function budgetKey(limitMicroUsd: bigint) {
  const key = await testKey(database.db);
  const scope = `key:${key.id}`;
  return {
    ...key,
    spendLimits: [{ scope, period: "day" as const, limitMicroUsd, name: "Daily limit" }],
    concurrency: [{ scope, limit: 1_000, name: "Running" }],
  };
}

it("spools settlements while Redis is away, refuses new requests, and books each once after", async () => {
  const web = startProcess();
  const key = await budgetKey(1_000_000n);
  const requests = Array.from({ length: 50 }, () =>
    admissionRequest(key, { reservationMicroUsd: 500n }),
  );
  const tickets = await Promise.all(requests.map((request) => web.admit(request)));
  await server.kill();
  requests.forEach((request, i) => {
    const ticket = tickets[i];
    if (ticket) web.settle(settlementOf(request, ticket, 100n));
  });
  const refused = await web.admit(admissionRequest(key)).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(AppError);
  expect(refused).toMatchObject({ code: "unavailable", status: 503 });
  await web.idle();
  expect(web.spool.isEmpty()).toBe(false);
  await server.start();
  const collector = testCollector(database.db, redis);
  await until(async () => (await booked(key.id)) === 50);
  await until(async () => web.spool.isEmpty());
  const raw = redis.open().commands;
  expect(await raw.hlen(redis.keys.intents(key.payerTag)), "no intent is left").toBe(0);
  expect(await raw.zcard(redis.keys.leases(key.payerTag, `key:${key.id}`))).toBe(0);
  const rest = admissionRequest(key, { reservationMicroUsd: 995_001n });
  expect(await web.admit(rest).catch((error: unknown) => error)).toMatchObject({
    detail: { limit: { used: 5_000 } },
  });
  await web.admit({ ...rest, reservationMicroUsd: 995_000n });
  await collector.stop();
}, 90_000);

it("puts running requests back, redelivers and re-seeds after Redis was emptied", async () => {
  const web = startProcess({ graceMs: 1_500, beatMs: 300 });
  const key = await budgetKey(10_000n);
  const collector = testCollector(database.db, redis);
  const ended = admissionRequest(key, { reservationMicroUsd: 4_000n });
  web.settle(settlementOf(ended, await web.admit(ended), 4_000n));
  await web.idle();
  await until(async () => (await booked(key.id)) === 1);
  const running = admissionRequest(key, { reservationMicroUsd: 3_000n });
  const runningTicket = await web.admit(running);
  await collector.stop();
  // Settled, but not yet in Postgres when everything is lost.
  const unlucky = admissionRequest(key, { reservationMicroUsd: 1_000n });
  web.settle(settlementOf(unlucky, await web.admit(unlucky), 1_000n));
  await web.idle();

  await redis.open().commands.flushall();
  const after = testCollector(database.db, redis);
  // 4,000 + 1,000 spent, 3,000 held: 2,000 are left, not a micro-dollar more.
  const tooMuch = await web
    .admit(admissionRequest(key, { reservationMicroUsd: 2_001n }))
    .catch((error: unknown) => error);
  expect(tooMuch).toMatchObject({ code: "budget_exhausted" });
  const fits = admissionRequest(key, { reservationMicroUsd: 2_000n });
  const fitsTicket = await web.admit(fits);
  web.settle(settlementOf(fits, fitsTicket, 2_000n));
  web.settle(settlementOf(running, runningTicket, 3_000n));
  await web.idle();
  await until(async () => (await booked(key.id)) === 4);
  await after.stop();
  const spent = await database.db.usageDay.findMany({ where: { keyId: key.id } });
  expect(spent.reduce((sum, row) => sum + row.chargeMicroUsd, 0n)).toBe(10_000n);
  expect(areBooksRight(await verifyBooks(database.db, Date.now(), Date.now()))).toBe(true);
  const raw = redis.open().commands;
  expect(await raw.hlen(redis.keys.intents(key.payerTag))).toBe(0);
}, 90_000);

it("seeds a counter exactly while requests settle and are booked", async () => {
  const web = startProcess();
  const collector = testCollector(database.db, redis);
  const free = await testKey(database.db);
  const scope = `key:${free.id}`;
  const limit = { scope, period: "day" as const, limitMicroUsd: 1_000_000_000n, name: "Daily" };
  let spent = 0n;
  let ended = false;
  const traffic = (async () => {
    while (!ended) {
      const request = admissionRequest(free);
      web.settle(settlementOf(request, await web.admit(request), 7n));
      spent += 7n;
    }
  })();
  const raw = redis.open().commands;
  for (let i = 0; i < 30; i++) {
    const probe = admissionRequest({ ...free, spendLimits: [limit] });
    web.settle(settlementOf(probe, await web.admit(probe), 0n));
    await new Promise((resolve) => setTimeout(resolve, 20));
    // Traffic without a limit does not move the counter: forget it, so that it is seeded again.
    if (i < 29) await raw.del(...(await raw.keys("*spend:*")));
    else {
      ended = true;
      await traffic;
      await web.idle();
      await raw.del(...(await raw.keys("*spend:*")));
      const last = admissionRequest({ ...free, spendLimits: [limit] });
      web.settle(settlementOf(last, await web.admit(last), 0n));
      await web.idle();
    }
  }
  const [name = ""] = await raw.keys("*spend:*");
  expect(BigInt((await raw.hget(name, "s")) ?? "-1")).toBe(spent);
  await collector.stop();
}, 90_000);

it("delivers what a dead process of this machine has spooled", async () => {
  const web = startProcess();
  const key = await testKey(database.db);
  const request = admissionRequest(key);
  const ticket = await web.admit(request);
  const folder = path.join(web.folder, "shared");
  const orders: unknown[] = [];
  const dead = createSpool({ folder, deliver: async () => {}, log: () => {} });
  dead.append({ requestId: request.requestId, startedAtMs: ticket.startedAtMs } as never);
  await dead.flush();
  const [name = ""] = readdirSync(folder);
  const { renameSync } = await import("node:fs");
  // Pid 2^22 + 1 is above what Linux gives out.
  renameSync(path.join(folder, name), path.join(folder, name.replace(/^\d+/, "4194305")));
  const heirs = [1, 2].map(() =>
    createSpool({ folder, deliver: async (order) => orders.push(order), log: () => {} }),
  );
  await Promise.all(heirs.map((heir) => heir.deliver()));
  expect(orders).toHaveLength(1);
  expect(readdirSync(folder)).toEqual([]);
});
