import { afterAll, beforeAll, expect, it } from "vitest";
import { relayStore } from "../../redis/relay-store";
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
import { sweepIntents } from "./sweep";

let database: TestDatabase;
let redis: TestRedis;

beforeAll(async () => {
  database = await createTestDatabase();
  redis = testRedis();
});
afterAll(async () => {
  await redis?.close();
  await database?.drop();
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it("closes a dead process's requests by their check-points, spares the living, and stays with that", async () => {
  const bare = await testKey(database.db);
  const scope = `key:${bare.id}`;
  const key = {
    ...bare,
    concurrency: [{ scope, limit: 10, name: "Running" }],
    spendLimits: [{ scope, period: "day" as const, limitMicroUsd: 100_000n, name: "Daily" }],
  };
  const [dead, living] = [testProcess(database.db, redis), testProcess(database.db, redis)];
  const seen = admissionRequest(key, { reservationMicroUsd: 9_000n });
  const silent = admissionRequest(key, { reservationMicroUsd: 9_000n });
  const alive = admissionRequest(key, { reservationMicroUsd: 5_000n });
  const [seenTicket] = [await dead.admit(seen), await dead.admit(silent)];
  dead.checkpoint(seen.requestId, () => [attemptRecord(1_234n)]);
  await dead.heart.writeCheckpoints();
  const aliveTicket = await living.admit(alive);

  await pause(2_600);
  await living.heart.beatAll();
  const commands = redis.open().commands;
  const store = relayStore(commands, redis.keys);
  const sweep = () => sweepIntents({ redis: commands, store, silentMs: 2_500 });
  expect(await sweep()).toBe(2);
  expect(await sweep()).toBe(0);

  const [name = ""] = await commands.keys(`*spend:${scope}*`);
  expect(await commands.hgetall(name)).toMatchObject({ s: "1234", h: "5000" });
  expect(await commands.zcard(redis.keys.leases(key.payerTag, scope))).toBe(1);

  // The dead one was only asleep: its exact end comes too late and changes nothing.
  dead.settle(settlementOf(seen, seenTicket, 7_777n));
  await dead.idle();
  expect(await commands.hget(name, "s")).toBe("1234");
  const collector = testCollector(database.db, redis);
  await until(async () => (await database.db.request.count({ where: { keyId: key.id } })) === 2);
  const rows = await database.db.request.findMany({
    where: { keyId: key.id },
    orderBy: { chargeMicroUsd: "asc" },
  });
  expect(rows.map((row) => [row.outcome, row.estimated, row.chargeMicroUsd, row.attempts])).toEqual(
    [
      ["cut", true, 0n, 0],
      ["cut", true, 1_234n, 1],
    ],
  );
  living.settle(settlementOf(alive, aliveTicket, 10n));
  await living.idle();
  await until(async () => (await database.db.request.count({ where: { keyId: key.id } })) === 3);
  expect(await commands.hgetall(name)).toMatchObject({ s: "1244", h: "0" });
  await collector.stop();
  for (const process of [dead, living]) process.drop();
});
