import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  admissionRequest,
  settlementOf,
  type TestRedis,
  testKey,
  testProcess,
  testRedis,
} from "../../testing/factories/metering";
import { createTestDatabase, type TestDatabase } from "../../testing/factories/test-database";

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

const KINDS = [
  "admit",
  "admit",
  "admit",
  "admit",
  "settle",
  "settle",
  "settle",
  "again",
  "beat",
] as const;
interface Step {
  kind: (typeof KINDS)[number];
  pick: number;
}
const step: fc.Arbitrary<Step> = fc.record({ kind: fc.constantFrom(...KINDS), pick: fc.nat(20) });

it("has as many leases as running requests after every step, and never more than the limit", async () => {
  const servers = [testProcess(database.db, redis), testProcess(database.db, redis)];
  const raw = redis.open().commands;
  const beat = () => Promise.all(servers.map((server) => server.heart.beatAll()));
  const idle = () => Promise.all(servers.map((server) => server.idle()));
  const play = async (steps: readonly Step[]) => {
    const bare = await testKey(database.db);
    const scope = `key:${bare.id}`;
    const key = { ...bare, concurrency: [{ scope, limit: 5, name: "Running" }] };
    const leases = redis.keys.leases(key.payerTag, scope);
    const running: (() => void)[] = [];
    const ended: (() => void)[] = [];
    const actions: Record<Step["kind"], (pick: number) => unknown> = {
      async admit(pick) {
        const server = servers[pick % 2];
        const request = admissionRequest(key);
        const ticket = await server?.admit(request).catch(() => null);
        expect(Boolean(ticket)).toBe(running.length < 5);
        const settlement = ticket && settlementOf(request, ticket, 0n);
        if (settlement) running.push(() => server?.settle(settlement));
      },
      settle(pick) {
        const ends = running.splice(pick % Math.max(1, running.length), 1);
        for (const end of ends) end();
        ended.push(...ends);
      },
      again: (pick) => ended[pick % Math.max(1, ended.length)]?.(),
      beat,
    };
    for (const { kind, pick } of steps) {
      await actions[kind](pick);
      await idle();
      expect(await raw.zcard(leases)).toBe(running.length);
    }
    for (const end of running) end();
    await idle();
    expect(await raw.exists(leases)).toBe(0);
  };
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), play), {
    numRuns: 25,
  });
  for (const server of servers) server.drop();
}, 120_000);

it("costs two commands in two round trips, one of them waited for", async () => {
  const server = testProcess(database.db, redis);
  const bare = await testKey(database.db);
  const scope = `key:${bare.id}`;
  const limit = { scope, period: "day" as const, limitMicroUsd: 10_000_000n, name: "Daily" };
  const key = {
    ...bare,
    spendLimits: [limit, { ...limit, scope: `user:${bare.ownerId}` }],
    concurrency: [{ scope, limit: 50, name: "Running" }],
    rateLimits: [{ scope, windowSeconds: 60, requests: 1_000, name: "Rate" }],
  };
  const serve = async () => {
    const request = admissionRequest(key, {
      accountLimit: 10,
      sticky: { id: "s", accountId: "acc_test" },
      reservationMicroUsd: 10n,
    });
    server.settle(settlementOf(request, await server.admit(request), 5n));
    await server.idle();
  };
  // The first one seeds the counters and sends the scripts.
  await serve();
  const monitor = await redis.open().commands.monitor();
  const seen: string[] = [];
  monitor.on("monitor", (_time: string, args: string[], source: string) => {
    const mine = args.some((arg) => arg.includes(redis.keys.channel("").split(":")[0] ?? "?"));
    if (mine && source !== "lua") seen.push(args[0] ?? "");
  });
  await serve();
  await new Promise((resolve) => setTimeout(resolve, 200));
  monitor.disconnect();
  // Admission and account lease together, settlement and its release together.
  expect(seen).toEqual(["evalsha", "evalsha"]);
  server.drop();
});

it("does not count leases that ran out, drops them with a beat, and forgets lists that nobody keeps", async () => {
  const server = testProcess(database.db, redis);
  const raw = redis.open().commands;
  const bare = await testKey(database.db);
  const scope = `key:${bare.id}`;
  const key = { ...bare, concurrency: [{ scope, limit: 2, name: "Running" }] };
  const accountId = `acc_${bare.id}`;
  const ask = () => server.admit(admissionRequest(key, { accountId, accountLimit: 1 }));
  const lists = [
    redis.keys.leases(key.payerTag, scope),
    redis.keys.leases(accountId, `account:${accountId}`),
  ];
  const gone = Date.now() - 1_000;
  for (const list of lists) await raw.zadd(list, gone, "req_gone1", gone, "req_gone2");
  expect(await ask()).toMatchObject({ accountFull: false });
  for (const list of lists) expect(await raw.pttl(list)).toBeGreaterThan(0);
  await server.heart.beatAll();
  for (const list of lists) expect(await raw.zcard(list)).toBe(1);
  expect(await ask()).toMatchObject({ accountFull: true });
  await expect(ask()).rejects.toMatchObject({ code: "limit_reached" });
  server.drop();
});
