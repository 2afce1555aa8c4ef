import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { newId } from "../../shared/ids";
import {
  admissionRequest,
  attemptRecord,
  settlementOf,
  type TestRedis,
  testCollector,
  testKey,
  testProcess,
  testRedis,
  until,
} from "../../testing/factories/metering";
import { createTestDatabase, type TestDatabase } from "../../testing/factories/test-database";
import { areBooksRight, verifyBooks } from "./verify-books";

let database: TestDatabase;
let redis: TestRedis;
let server: ReturnType<typeof testProcess>;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => {
  redis = testRedis();
  server = testProcess(database.db, redis);
});
afterEach(async () => {
  server.drop();
  await redis.close();
});
afterAll(async () => {
  await database?.drop();
});

const booked = (keyId: string) => database.db.request.count({ where: { keyId } });
const rightBooks = async () => verifyBooks(database.db, Date.now() - 1_000, Date.now());

async function serve(key: Awaited<ReturnType<typeof testKey>>, count: number, charge = 100n) {
  for (let i = 0; i < count; i++) {
    const request = admissionRequest(key);
    server.settle(settlementOf(request, await server.admit(request), charge));
  }
  await server.idle();
}

it("shows usage in Postgres by itself, roll-ups and ledger with it", async () => {
  const collector = testCollector(database.db, redis);
  const key = await testKey(database.db);
  await serve(key, 1);
  await until(async () => (await booked(key.id)) === 1);
  const hour = await database.db.usageHour.findFirst({ where: { keyId: key.id } });
  expect(hour).toMatchObject({
    requests: 1n,
    errors: 0n,
    inputTokens: 100n,
    cacheWriteTokens: 6n,
    outputTokens: 50n,
    chargeMicroUsd: 100n,
  });
  const row = await database.db.apiKey.findUnique({ where: { id: key.id } });
  expect(row?.firstUsedAt).not.toBeNull();
  expect(areBooksRight(await rightBooks())).toBe(true);
  await collector.stop();
});

it("doubles nothing when a collector dies between commit and acknowledgement", async () => {
  const key = await testKey(database.db);
  await serve(key, 300);
  let commits = 0;
  const dying = testCollector(database.db, redis, {
    onCommitted() {
      commits++;
      throw new Error("killed");
    },
  });
  await until(async () => commits > 0 && (await booked(key.id)) > 0);
  await dying.stop();
  // Another consumer takes over; the stale time is waited for by claiming right away.
  const raw = redis.open().commands;
  for (const name of await raw.keys(`${redis.keys.usage("x").split("{")[0]}*:usage`)) {
    await raw.xautoclaim(name, "books", "heir", 0, "0", "COUNT", 1_000);
  }
  const again = testCollector(database.db, redis, { consumer: "heir" });
  await until(async () => (await booked(key.id)) === 300);
  await again.stop();
  const entries = await database.db.ledgerEntry.count({ where: { userId: key.ownerId } });
  expect(entries).toBe(300);
  expect(areBooksRight(await rightBooks())).toBe(true);
});

it("books each event once when every message is delivered twice to two collectors", async () => {
  const key = await testKey(database.db);
  await serve(key, 200);
  const raw = redis.open().commands;
  const stream = redis.keys.usage(key.payerTag);
  for (const [, fields] of await raw.xrange(stream, "-", "+"))
    await raw.xadd(stream, "*", ...fields);
  const collectors = [testCollector(database.db, redis), testCollector(database.db, redis)];
  await until(async () => (await booked(key.id)) === 200);
  await until(async () => {
    const groups = await raw.xinfo("GROUPS", stream);
    return (
      JSON.stringify(groups).includes('"lag",0') && !JSON.stringify(groups).includes('"pending",1')
    );
  });
  await Promise.all(collectors.map((collector) => collector.stop()));
  const hour = await database.db.usageHour.findMany({ where: { keyId: key.id } });
  expect(hour.reduce((sum, row) => sum + row.requests, 0n)).toBe(200n);
  expect(areBooksRight(await rightBooks())).toBe(true);
});

it("sets a message aside that cannot be booked, and books the others", async () => {
  const key = await testKey(database.db);
  await serve(key, 20);
  const raw = redis.open().commands;
  const stream = redis.keys.usage(key.payerTag);
  await raw.xadd(stream, "*", "t", "s", "j", "not json");
  await raw.xadd(stream, "*", "t", "s", "j", '{"settlement":{"requestId":"req_x","attempts":[]}}');
  await serve(key, 20);
  const collector = testCollector(database.db, redis);
  await until(async () => (await booked(key.id)) === 40);
  await until(async () => (await raw.xlen(redis.keys.deadLetters("s0"))) === 2);
  expect(collector.state().buried).toBe(2);
  expect(collector.lines.some((line) => String(line.message).includes("set aside"))).toBe(true);
  await collector.stop();
});

it("makes the partition of a month that has none", async () => {
  const key = await testKey(database.db);
  const request = admissionRequest(key);
  const ticket = await server.admit(request);
  const startedAtMs = Date.parse("2025-02-03T04:05:06.789Z");
  server.settle(settlementOf(request, { ...ticket, startedAtMs }, 5n));
  await server.idle();
  const collector = testCollector(database.db, redis);
  await until(async () => (await booked(key.id)) === 1);
  await collector.stop();
});

it("logs refusals for their owner without any charge", async () => {
  const key = await testKey(database.db);
  const collector = testCollector(database.db, redis);
  server.refused({
    requestId: newId("request"),
    atMs: Date.now(),
    key,
    face: "anthropic",
    action: "generate",
    requestedModel: "claude\u0000x",
    client: null,
    status: 402,
    failure: "budget_exhausted",
    failureMessage: "Daily limit reached.",
  });
  await until(async () => (await booked(key.id)) === 1);
  const hour = await database.db.usageHour.findFirst({ where: { keyId: key.id } });
  expect(hour).toMatchObject({ requests: 1n, errors: 1n, outcome: "refused", chargeMicroUsd: 0n });
  await collector.stop();
});

it("never takes a prepaid balance below zero, and lets entries sum up to charges and balance", async () => {
  const key = await testKey(database.db);
  const occurredAt = new Date();
  await database.db.ledgerEntry.create({
    data: {
      occurredAt,
      id: newId("ledger"),
      userId: key.ownerId,
      kind: "grant",
      amountMicroUsd: 250n,
      movesBalance: true,
    },
  });
  await database.db.user.update({
    where: { id: key.ownerId },
    data: { billingMode: "prepaid", balanceMicroUsd: 250n },
  });
  const collector = testCollector(database.db, redis);
  await serve(key, 4, 100n);
  await until(async () => (await booked(key.id)) === 4);
  const user = await database.db.user.findUnique({ where: { id: key.ownerId } });
  expect(user?.balanceMicroUsd).toBe(0n);
  const used = await database.db.ledgerEntry.findMany({
    where: { userId: key.ownerId, kind: "usage" },
  });
  expect(used.reduce((sum, entry) => sum + entry.amountMicroUsd, 0n)).toBe(-400n);
  expect(areBooksRight(await rightBooks())).toBe(true);
  await collector.stop();
});

it("keeps every attempt, and charges the second hop of another request nothing", async () => {
  const key = await testKey(database.db);
  const collector = testCollector(database.db, redis);
  const request = admissionRequest(key);
  const ticket = await server.admit(request);
  const attempts = [
    attemptRecord(0n, { usage: null, failure: "upstream_busy", status: 529, evidence: "busy" }),
    attemptRecord(70n, { attempt: 2, accountId: "acc_two" }),
  ];
  const passThroughOf = newId("request");
  server.settle(settlementOf(request, ticket, 0n, { attempts, passThroughOf }));
  await server.idle();
  await until(async () => (await booked(key.id)) === 1);
  const rows = await database.db.attempt.findMany({
    where: { requestId: request.requestId },
    orderBy: { attempt: "asc" },
  });
  expect(rows.map((row) => [row.accountId, row.chargeMicroUsd, row.inputTokens])).toEqual([
    ["acc_test", 0n, null],
    ["acc_two", 0n, 100n],
  ]);
  await collector.stop();
});
