import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CreateKeyBody, UpdateKeyBody } from "../../contracts/keys";
import { isKeySecret } from "../../shared/key-format";
import {
  type PortalWorld,
  portalWorld,
  refusalOf,
  type TestPerson,
} from "../../testing/factories/portal-world";
import { createKey, createKeyFor } from "./create-key";
import { listAllKeys } from "./list-all-keys";
import { listMyKeys } from "./list-my-keys";
import { pauseKey, resumeKey } from "./pause-key";
import { readKey } from "./read-key";
import { revokeKey } from "./revoke-key";
import { rollKey } from "./roll-key";
import { updateAnyKey, updateKey } from "./update-key";

let world: PortalWorld;
let one: TestPerson;
let two: TestPerson;
let admin: TestPerson;
beforeAll(async () => {
  world = await portalWorld();
  [one, two, admin] = await Promise.all([world.member(), world.member(), world.admin()]);
});
afterAll(() => world?.close());

const newKey = () => createKey(one.ctx, { name: "laptop" });
const auditOf = (objectId: string) =>
  world.db.auditEntry.findMany({ where: { objectId }, orderBy: { at: "asc" } });

it("tells a key's secret once and stores only its hash and visible start", async () => {
  const { key, secret } = await newKey();
  expect(isKeySecret(secret)).toBe(true);
  const [stored] = await world.db.apiKeySecret.findMany({ where: { keyId: key.id } });
  expect(stored?.hash).toBe(createHash("sha256").update(secret).digest("hex"));
  const everything = JSON.stringify([
    await listMyKeys(one.ctx),
    await world.db.auditEntry.findMany({ where: { objectId: key.id } }).then(asText),
  ]);
  expect(everything).not.toContain(secret.slice(10));
});

it("answers for another member's key as for one that never was, whatever is asked", async () => {
  const { key } = await newKey();
  const calls = (id: string) => [
    readKey(two.ctx, { id }),
    updateKey(two.ctx, { id, name: "mine now" }),
    pauseKey(two.ctx, { id }),
    resumeKey(two.ctx, { id }),
    rollKey(two.ctx, { id, overlapSeconds: 0 }),
    revokeKey(two.ctx, { id }),
  ];
  const of = (id: string) =>
    Promise.all(calls(id).map((call) => call.catch((error: Error) => error.message)));
  expect(await of(key.id)).toEqual(await of("key_0000000000000000000000"));
  expect((await listMyKeys(two.ctx)).map(({ id }) => id)).not.toContain(key.id);
  expect(await readKey(one.ctx, { id: key.id })).toEqual(key);
  expect(await refusalOf(listAllKeys(two.ctx, {}))).toBe("forbidden");
  expect(await refusalOf(updateAnyKey(two.ctx, { id: key.id, name: "x" }))).toBe("forbidden");
});

it("keeps the old secret for the overlap of a roll and ends it after", async () => {
  const { key } = await newKey();
  const rolled = await rollKey(one.ctx, { id: key.id, overlapSeconds: 3_600 });
  expect(rolled.key.id).toBe(key.id);
  expect(rolled.key.secrets.length).toBe(2);
  const [newest, old] = rolled.key.secrets;
  expect(newest?.validUntil).toBeNull();
  const untilMs = Date.parse(old?.validUntil ?? "");
  expect(Math.abs(untilMs - Date.now() - 3_600_000)).toBeLessThan(10_000);
  const again = await rollKey(one.ctx, { id: key.id, overlapSeconds: 0 });
  expect(again.key.secrets.length).toBe(1);
});

it("changes limits, options and state, and writes each change down", async () => {
  const { key } = await newKey();
  const { id } = key;
  const limits = { dailyLimitMicroUsd: "5000000", concurrencyLimit: 3 };
  const updated = await updateKey(one.ctx, { id, ...limits, tags: ["ci"] });
  expect(updated).toMatchObject({ ...limits, tags: ["ci"], name: "laptop" });
  expect(updated.spend[0]).toMatchObject({
    period: "day",
    spentMicroUsd: "0",
    limitMicroUsd: "5000000",
  });
  expect(
    (await updateKey(one.ctx, { id, dailyLimitMicroUsd: null })).dailyLimitMicroUsd,
  ).toBeNull();
  expect((await pauseKey(one.ctx, { id })).state).toBe("paused");
  expect((await resumeKey(one.ctx, { id })).state).toBe("live");
  await rollKey(one.ctx, { id, overlapSeconds: 0 });
  expect((await revokeKey(one.ctx, { id })).state).toBe("revoked");
  expect(await refusalOf(resumeKey(one.ctx, { id }))).toBe("conflict");
  const entries = await auditOf(id);
  expect(entries.map((entry) => entry.action)).toEqual([
    "key.create",
    "key.update",
    "key.update",
    "key.pause",
    "key.resume",
    "key.roll",
    "key.revoke",
  ]);
  expect(entries.every((entry) => entry.actorId === one.id && entry.ip === "192.0.2.1")).toBe(true);
  expect(entries[1]?.after).toEqual({
    dailyLimitMicroUsd: "5000000",
    concurrencyLimit: 3,
    tags: ["ci"],
  });
});

it("lets an admin fix a key that its owner may then only look at and revoke", async () => {
  const { key } = await createKeyFor(admin.ctx, {
    ownerId: one.id,
    name: "fixed",
    ownerMayEdit: false,
    ratePpm: "1500000",
  });
  const { id } = key;
  expect(await refusalOf(updateKey(one.ctx, { id, name: "x" }))).toBe("forbidden");
  expect(await refusalOf(pauseKey(one.ctx, { id }))).toBe("forbidden");
  expect((await readKey(one.ctx, { id })).owner).toBeNull();
  expect((await readKey(admin.ctx, { id })).owner?.id).toBe(one.id);
  expect((await updateAnyKey(admin.ctx, { id, ratePpm: "1000000" })).ratePpm).toBe("1000000");
  expect((await revokeKey(one.ctx, { id })).state).toBe("revoked");
});

// Every column of the table that a member must not write, put into each body that a member may send.
it("refuses every field that is not the member's to set", () => {
  const columns = [
    "id",
    "ownerId",
    "createdAt",
    "updatedAt",
    "pausedAt",
    "revokedAt",
    "firstUsedAt",
    "lastUsedAt",
    "binding",
    "ratePpm",
    "ownerMayEdit",
    "sandbox",
    "secrets",
    "owner",
    "returnKeyOf",
  ];
  for (const column of columns) {
    expect(CreateKeyBody.safeParse({ name: "x", [column]: "1" }).success, column).toBe(false);
    expect(UpdateKeyBody.safeParse({ [column]: "1" }).success, column).toBe(false);
  }
  expect(UpdateKeyBody.safeParse(JSON.parse('{"__proto__":{"ratePpm":"0"}}')).success).toBe(false);
});

it("wants both halves of a window of requests", async () => {
  const half = createKey(one.ctx, { name: "half", rateWindowSeconds: 60 });
  expect(await refusalOf(half)).toBe("invalid_request");
  const { key } = await createKey(one.ctx, {
    name: "whole",
    rateWindowSeconds: 60,
    rateWindowRequests: 10,
  });
  const clear = updateKey(one.ctx, { id: key.id, rateWindowRequests: null });
  expect(await refusalOf(clear)).toBe("invalid_request");
});

it("pages through everybody's keys without losing or repeating one", async () => {
  await Promise.all(Array.from({ length: 5 }, newKey));
  const seen: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await listAllKeys(admin.ctx, { limit: 2, ...(cursor && { cursor }) });
    seen.push(...page.items.map(({ id }) => id));
    if (!page.next) break;
    cursor = page.next;
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.length).toBe(await world.db.apiKey.count());
  expect(await refusalOf(listAllKeys(admin.ctx, { cursor: "%%%" }))).toBe("invalid_request");
});

function asText(value: unknown): string {
  return JSON.stringify(value, (_, inner) => (typeof inner === "bigint" ? `${inner}` : inner));
}
