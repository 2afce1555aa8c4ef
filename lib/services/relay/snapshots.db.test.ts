import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBus } from "../../redis/bus";
import { keyNames } from "../../redis/key-names";
import { systemClock } from "../../shared/clock";
import { AppError } from "../../shared/errors";
import { newId } from "../../shared/ids";
import { makeKeySecret } from "../../shared/key-format";
import { type TestRedis, testKey, testRedis, until } from "../../testing/factories/metering";
import { createTestDatabase, type TestDatabase } from "../../testing/factories/test-database";
import type { Vault } from "../context";
import { createRelayWorld } from "./relay-world";

/** A vault that only wraps: what is sealed elsewhere does not open here. */
const vault: Vault = {
  needsRotation: () => false,
  seal: (place, plain) => `${JSON.stringify(place)}#${plain}`,
  open(place, envelope) {
    const head = `${JSON.stringify(place)}#`;
    if (!envelope.startsWith(head)) throw new AppError("internal", "Not for this place.");
    return envelope.slice(head.length);
  },
};

let database: TestDatabase;
let redis: TestRedis;
let queries = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  redis = testRedis();
});
afterAll(async () => {
  await redis?.close();
  await database?.drop();
});

function startWorld(keys = redis.keys) {
  const connections = redis.open();
  const bus = openBus(connections.commands, connections.subscriber());
  const counted = database.db.$extends({
    query: {
      $allOperations({ args, query }) {
        queries++;
        return query(args);
      },
    },
  });
  const world = createRelayWorld({
    // The extended client only counts; its type differs in what is not used here.
    db: counted as unknown as TestDatabase["db"],
    redis: connections.commands,
    keys,
    bus,
    clock: systemClock,
    vault,
    owner: newId("process"),
    hopSecret: "secret",
    spoolFolder: "/nonexistent",
    publicUrl: "http://127.0.0.1:3000",
    overrides: { maxAttempts: 2 },
    dispatch: () => ({ resume() {}, abort() {} }),
    log: () => {},
    graceMs: 0,
  });
  return { world, bus };
}

async function addSecret(keyId: string, validUntil: Date | null = null): Promise<string> {
  const secret = makeKeySecret();
  const hash = createHash("sha256").update(secret).digest("hex");
  await database.db.apiKeySecret.create({
    data: { hash, keyId, start: secret.slice(0, 10), validUntil },
  });
  return secret;
}

it("serves keys, accounts, settings and prices from memory, and follows changes", async () => {
  const key = await testKey(database.db);
  const secret = await addSecret(key.id);
  const accountId = newId("account");
  const place = { table: "account", column: "sealed_secret", row: accountId };
  await database.db.account.create({
    data: {
      id: accountId,
      provider: "claude-console",
      name: "One",
      settings: { baseUrl: "http://127.0.0.1:1" },
      sealedSecret: vault.seal(place, '{"apiKey":"k"}'),
      modelMap: [{ from: "a", to: "b" }],
      returnKeyId: key.id,
    },
  });
  const { world, bus } = startWorld();
  await world.start();
  const { ports } = world;
  queries = 0;
  expect(ports.findKey(secret, "1.1.1.1")).toMatchObject({ id: key.id, returnKeyOf: [accountId] });
  const [account] = ports.pool();
  expect(account).toMatchObject({
    id: accountId,
    modelMap: { entries: [{ from: "a", to: "b" }] },
    leadsBack: { returnKeyId: key.id, returnPayerTag: key.payerTag },
  });
  expect(account?.openSecret()).toEqual({ apiKey: "k" });
  expect(ports.prices().find("claude-sonnet-4-5")).not.toBeNull();
  expect(ports.knownModels("gemini").some((model) => model.id === "gemini-2.5-pro")).toBe(true);
  expect(ports.settings()).toMatchObject({ maxAttempts: 2, strategy: "priority-lru" });
  expect(queries, "no query on the way of a request").toBe(0);

  const tell = (name: string, id = "") => bus.publish(redis.keys.channel(name), id);
  const soon = (check: () => boolean) => until(async () => check(), 10_000);
  await database.db.apiKey.update({ where: { id: key.id }, data: { pausedAt: new Date() } });
  await tell("keys", key.id);
  await soon(() => {
    const found = ports.findKey(secret, "1.1.1.1");
    return found !== null && "refusal" in found && found.refusal === "paused";
  });
  await database.db.account.update({ where: { id: accountId }, data: { enabled: false } });
  await tell("accounts", accountId);
  await soon(() => ports.pool()[0]?.enabled === false);
  await database.db.setting.create({
    data: { name: "relay", value: { maxAttempts: 9, idleMs: 5_000 } },
  });
  await tell("settings");
  await soon(() => ports.settings().upstream.idleMs === 5_000);
  await database.db.allowedHost.create({ data: { hostPort: "127.0.0.1:3456" } });
  await tell("allowed-hosts");
  await soon(() => world.snapshots.allowedHosts().has("127.0.0.1:3456"));
  await world.stop();
});

it("looks an unknown key up once, remembers the answer, and stops addresses that guess", async () => {
  const { world } = startWorld(keyNames(`${redis.keys.queues}-b`));
  await world.start();
  const { ports } = world;
  queries = 0;
  expect(ports.findKey("cr_nonsense", "2.2.2.2"), "a bad checksum costs nothing").toBeNull();
  const mistyped = makeKeySecret().replace(/.$/, (last) => (last === "0" ? "1" : "0"));
  expect(ports.findKey(mistyped, "2.2.2.2"), "nor does one of the right length").toBeNull();
  expect(queries).toBe(0);
  const unknown = makeKeySecret();
  expect(await ports.findKey(unknown, "2.2.2.2")).toBeNull();
  expect(ports.findKey(unknown, "2.2.2.2")).toBeNull();
  expect(queries).toBe(1);
  const key = await testKey(database.db);
  const fresh = await addSecret(key.id);
  expect(await ports.findKey(fresh, "3.3.3.3")).toMatchObject({ id: key.id });
  expect(ports.findKey(fresh, "3.3.3.3")).toMatchObject({ id: key.id });
  const guesses = await Promise.allSettled(
    Array.from({ length: 100 }, async () => ports.findKey(makeKeySecret(), "2.2.2.2")),
  );
  const stopped = guesses.filter((guess) => guess.status === "rejected");
  expect(stopped.length).toBeGreaterThanOrEqual(80);
  const ended = await addSecret(key.id, new Date(Date.now() - 1_000));
  expect(await ports.findKey(ended, "4.4.4.4")).toBeNull();
  await world.stop();
});

it("shares what was learnt about an account with every process, and forgets it when told", async () => {
  const [one, two] = [startWorld().world, startWorld().world];
  await Promise.all([one.start(), two.start()]);
  const id = newId("account");
  await database.db.account.create({
    data: { id, provider: "claude-console", name: "Two", sealedSecret: "x" },
  });
  await Promise.all([one.snapshots.reloadAll(), two.snapshots.reloadAll()]);
  const stateIn = (world: typeof one) =>
    world.ports.pool().find((account) => account.id === id)?.state;
  const error = new AppError("upstream_limited", "Quota", { retryAfterSeconds: 30 });
  one.ports.report({ kind: "failed", accountId: id, error, family: "opus" });
  await until(async () => (stateIn(two)?.limitedFamilies.opus ?? 0) > Date.now(), 10_000);
  const read = await two.live.read([id]);
  expect(read.get(id)?.state.limitedFamilies.opus).toBeGreaterThan(Date.now());
  await two.live.reset(id);
  await until(async () => stateIn(one)?.limitedFamilies.opus === undefined, 10_000);
  await Promise.all([one.stop(), two.stop()]);
});
