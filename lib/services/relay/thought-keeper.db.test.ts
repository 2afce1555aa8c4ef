import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { payerTag } from "../../redis/key-names";
import { thoughtStore } from "../../redis/thoughts";
import type { ThoughtOwner } from "../../relay/ports";
import { openVault } from "../../server/vault";
import { systemClock } from "../../shared/clock";
import { newId } from "../../shared/ids";
import { type TestRedis, testRedis } from "../../testing/factories/metering";
import { portalHmac } from "./portal-hmac";
import { createThoughtKeeper } from "./thought-keeper";

const vault = openVault(`k1:${randomBytes(32).toString("base64")}`);
let redis: TestRedis;
let owner: ThoughtOwner;
const lines: unknown[] = [];

beforeAll(() => {
  redis = testRedis();
});
beforeEach(() => {
  const ownerId = newId("user");
  owner = { ownerId, payerTag: payerTag(ownerId) };
  lines.length = 0;
});
afterAll(() => redis?.close());

/** A process of the portal that knows nothing yet. */
function process(store = thoughtStore(redis.open().commands, redis.keys), opens = vault) {
  const log = (_level: unknown, line: unknown) => lines.push(line);
  return createThoughtKeeper({ store, vault: opens, clock: systemClock, log });
}

const stored = async () =>
  (await redis.open().commands.keys(`${redis.prefix}:*${owner.ownerId}*`)).sort();

it("knows a kept thought at once, and after a restart", async () => {
  const before = process();
  before.keep(owner, [
    { name: "r.one", sealed: "first" },
    { name: "f.one", sealed: "second" },
  ]);
  expect(await before.recall(owner, ["r.one"])).toEqual(new Map([["r.one", "first"]]));
  await vi.waitFor(async () => expect(await stored()).toHaveLength(3));
  const found = await process().recall(owner, ["r.one", "f.one", "r.unknown"]);
  expect(found).toEqual(
    new Map([
      ["r.one", "first"],
      ["f.one", "second"],
    ]),
  );
});

it("finds nothing of another owner, nor what was moved to one", async () => {
  process().keep(owner, [{ name: "r.one", sealed: "mine" }]);
  await vi.waitFor(async () => expect(await stored()).toHaveLength(2));
  const ownerId = newId("user");
  const other = { ownerId, payerTag: owner.payerTag };
  expect((await process().recall(other, ["r.one"])).size).toBe(0);
  const { commands } = redis.open();
  const from = redis.keys.thought(owner.payerTag, owner.ownerId, "r.one");
  await commands.copy(from, redis.keys.thought(owner.payerTag, ownerId, "r.one"));
  expect((await process().recall(other, ["r.one"])).size).toBe(0);
});

it("stores nothing readable, and nothing for ever", async () => {
  process().keep(owner, [{ name: "r.one", sealed: "a sealed signature" }]);
  await vi.waitFor(async () => expect(await stored()).toHaveLength(2));
  const { commands } = redis.open();
  for (const name of await stored()) {
    expect(await commands.get(name)).not.toContain("signature");
    const ttl = await commands.ttl(name);
    expect(ttl).toBeGreaterThan(71 * 3_600);
    expect(ttl).toBeLessThanOrEqual(72 * 3_600);
  }
});

it("asks Redis once for all names, and not at all for what it still knows", async () => {
  const store = thoughtStore(redis.open().commands, redis.keys);
  const read = vi.spyOn(store, "read");
  const names = Array.from({ length: 200 }, (_, n) => `r.${n}`);
  process().keep(
    owner,
    names.map((name) => ({ name, sealed: `signature ${name}` })),
  );
  await vi.waitFor(async () => expect(await stored()).toHaveLength(201));
  const fresh = process(store);
  expect((await fresh.recall(owner, names)).size).toBe(200);
  expect(read).toHaveBeenCalledTimes(1);
  expect((await fresh.recall(owner, names)).size).toBe(200);
  expect(read).toHaveBeenCalledTimes(1);
});

it("keeps no giant, and no more than an owner's share of a day", async () => {
  const store = thoughtStore(redis.open().commands, redis.keys);
  const write = vi.spyOn(store, "write");
  const keeper = process(store);
  keeper.keep(owner, [{ name: "r.giant", sealed: "x".repeat(70_000) }]);
  expect(write).not.toHaveBeenCalled();
  write.mockResolvedValueOnce(65 * 1024 * 1024);
  keeper.keep(owner, [{ name: "r.one", sealed: "one" }]);
  await vi.waitFor(() => expect(write.mock.settledResults[0]?.type).toBe("fulfilled"));
  keeper.keep(owner, [{ name: "r.two", sealed: "two" }]);
  expect(write).toHaveBeenCalledTimes(1);
});

it("counts an owner's bytes over all processes", async () => {
  const one = thoughtStore(redis.open().commands, redis.keys);
  const two = thoughtStore(redis.open().commands, redis.keys);
  const thoughts = [{ name: "r.one", value: "12345" }];
  expect(await one.write(owner.payerTag, owner.ownerId, thoughts, 1)).toBe(5);
  expect(await two.write(owner.payerTag, owner.ownerId, thoughts, 1)).toBe(10);
  expect(await two.write(owner.payerTag, owner.ownerId, thoughts, 2)).toBe(5);
});

it("goes on without Redis, and without the key that sealed", async () => {
  const away = {
    read: async () => Promise.reject(new Error("gone")),
    write: async () => Promise.reject(new Error("gone")),
  };
  const keeper = process(away);
  keeper.keep(owner, [{ name: "r.one", sealed: "one" }]);
  const found = await keeper.recall(owner, ["r.one", "r.two"]);
  expect(found).toEqual(new Map([["r.one", "one"]]));
  await vi.waitFor(() => expect(lines).toHaveLength(2));

  process().keep(owner, [{ name: "r.three", sealed: "three" }]);
  await vi.waitFor(async () => expect(await stored()).toHaveLength(2));
  const rekeyed = openVault(`k2:${randomBytes(32).toString("base64")}`);
  expect((await process(undefined, rekeyed).recall(owner, ["r.three"])).size).toBe(0);
});

it("hashes alike in every process of a portal, and otherwise in every other portal", () => {
  expect(portalHmac("secret")("text")).toBe(portalHmac("secret")("text"));
  expect(portalHmac("secret")("text")).not.toBe(portalHmac("other")("text"));
  expect(portalHmac("secret")("text")).toMatch(/^[\w-]{43}$/);
});
