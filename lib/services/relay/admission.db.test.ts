import { afterAll, beforeAll, expect, it } from "vitest";
import type { SpendLimit } from "../../relay/model";
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
import { createTestDatabase, type TestDatabase } from "../../testing/factories/test-database";

let database: TestDatabase;
let redis: TestRedis;
const drops: (() => void)[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  redis = testRedis();
});
afterAll(async () => {
  for (const drop of drops) drop();
  await redis?.close();
  await database?.drop();
});

function startProcess(extra: Parameters<typeof testProcess>[2] = {}) {
  const started = testProcess(database.db, redis, extra);
  drops.push(started.drop);
  return started;
}

const budget = (scope: string, limitMicroUsd: bigint): SpendLimit => ({
  scope,
  period: "day",
  limitMicroUsd,
  name: "Daily limit of this key",
});

const failure = (error: unknown) =>
  error instanceof AppError ? error : new AppError("internal", String(error));

it("grants exactly 10 of 100 parallel requests on a budget for 10, over two processes, 20 times", async () => {
  const [one, two] = [startProcess(), startProcess()];
  for (let seed = 0; seed < 20; seed++) {
    const bare = await testKey(database.db);
    const key = { ...bare, spendLimits: [budget(`key:${bare.id}`, 10_000n)] };
    const asked = Array.from({ length: 100 }, (_, i) => {
      const request = admissionRequest(key, { reservationMicroUsd: 1_000n });
      return (i % 2 ? one : two).admit(request);
    });
    const results = await Promise.allSettled(asked);
    expect(results.filter((result) => result.status === "fulfilled").length).toBe(10);
    for (const result of results) {
      if (result.status === "rejected")
        expect(failure(result.reason).code).toBe("budget_exhausted");
    }
  }
}, 120_000);

it("releases what was reserved and counts what was spent", async () => {
  const server = startProcess();
  const bare = await testKey(database.db);
  const key = { ...bare, spendLimits: [budget(`key:${bare.id}`, 10_000n)] };
  for (let i = 0; i < 3; i++) {
    const request = admissionRequest(key, { reservationMicroUsd: 7_000n });
    server.settle(settlementOf(request, await server.admit(request), 1_000n));
    await server.idle();
  }
  const last = admissionRequest(key, { reservationMicroUsd: 7_001n });
  const refused = await server.admit(last).catch(failure);
  expect(refused).toMatchObject({
    code: "budget_exhausted",
    detail: { limit: { used: 3_000, value: 10_000, unit: "micro-usd" } },
  });
});

it("refuses on one level without touching the others", async () => {
  const server = startProcess();
  const bare = await testKey(database.db);
  const concurrency = [{ scope: `key:${bare.id}`, limit: 5, name: "Concurrency" }];
  const spendLimits = [
    budget(`user:${bare.ownerId}`, 100_000n),
    { ...budget(`key:${bare.id}`, 10n), name: "Small" },
  ];
  const key = { ...bare, concurrency, spendLimits };
  await server.admit(admissionRequest(key, { reservationMicroUsd: 11n })).catch(failure);
  const tag = key.payerTag;
  const raw = redis.open().commands;
  expect(await raw.exists(redis.keys.leases(tag, `key:${key.id}`))).toBe(0);
  expect(await raw.hlen(redis.keys.intents(tag))).toBeGreaterThanOrEqual(0);
  const names = await raw.keys(`*spend:user:${bare.ownerId}*`);
  expect(names.length).toBe(1);
  expect(await raw.hget(names[0] ?? "", "h")).toBeNull();
});

it("holds concurrency and gives it back at the end", async () => {
  const server = startProcess();
  const bare = await testKey(database.db);
  const key = { ...bare, concurrency: [{ scope: `key:${bare.id}`, limit: 2, name: "Running" }] };
  const requests = [admissionRequest(key), admissionRequest(key), admissionRequest(key)];
  const [a, b, c] = requests;
  if (!a || !b || !c) throw new Error("three requests");
  const ticket = await server.admit(a);
  await server.admit(b);
  expect(await server.admit(c).catch(failure)).toMatchObject({
    code: "limit_reached",
    message: "Running reached: 2 of 2 requests are running.",
  });
  server.settle(settlementOf(a, ticket, 0n));
  await server.idle();
  await expect(server.admit(c)).resolves.toMatchObject({ depth: 1 });
});

it("counts requests per window over two processes and says when it resets", async () => {
  const [one, two] = [startProcess(), startProcess()];
  const bare = await testKey(database.db);
  const rateLimits = [
    { scope: `key:${bare.id}`, windowSeconds: 3_600, requests: 7, name: "Requests per hour" },
  ];
  const key = { ...bare, rateLimits };
  const results = await Promise.allSettled(
    Array.from({ length: 40 }, (_, i) => (i % 2 ? one : two).admit(admissionRequest(key))),
  );
  expect(results.filter((result) => result.status === "fulfilled").length).toBe(7);
  const refused = await one.admit(admissionRequest(key)).catch(failure);
  expect(refused).toMatchObject({ code: "limit_reached", detail: { limit: { used: 7 } } });
});

it("settles once however often it is told, in counters and in books", async () => {
  const server = startProcess();
  const collector = testCollector(database.db, redis);
  const bare = await testKey(database.db);
  const key = { ...bare, spendLimits: [budget(`key:${bare.id}`, 10_000n)] };
  const request = admissionRequest(key, { reservationMicroUsd: 500n });
  const settlement = settlementOf(request, await server.admit(request), 300n);
  for (let i = 0; i < 5; i++) server.settle(settlement);
  await server.idle();
  await until(async () => (await database.db.request.count({ where: { keyId: key.id } })) === 1);
  const refused = await server
    .admit(admissionRequest(key, { reservationMicroUsd: 9_701n }))
    .catch(failure);
  expect(refused).toMatchObject({ detail: { limit: { used: 300 } } });
  const entries = await database.db.ledgerEntry.findMany({ where: { userId: key.ownerId } });
  expect(entries.map((entry) => entry.amountMicroUsd)).toEqual([-300n]);
  await collector.stop();
});
