import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { DbClient } from "../../db/client";
import { systemClock } from "../../shared/clock";
import { newId } from "../../shared/ids";
import { testKey } from "../../testing/factories/metering";
import { createTestDatabase, type TestDatabase } from "../../testing/factories/test-database";
import type { Vault } from "../context";
import { createKeySnapshot } from "./key-snapshot";
import { pepperedKeys, pepperPlace } from "./peppered-keys";

const PEPPER = "a-relay's-own-32-character-secret";
const IP = "192.0.2.7";
let opened = 0;
const vault: Vault = {
  needsRotation: () => false,
  seal: ({ row }, plain) => `${row}#${plain}`,
  open({ row }, envelope) {
    opened++;
    return envelope.slice(row.length + 1);
  },
};
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

let database: TestDatabase;
let db: DbClient;
beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
});
afterAll(() => database?.drop());

const snapshot = () =>
  createKeySnapshot({
    db,
    clock: systemClock,
    onChanged: async () => {},
    adopt: pepperedKeys({ db, vault }),
  });

async function importedKey() {
  const key = await testKey(db);
  const secret = `cr_${randomBytes(32).toString("hex")}`;
  const id = newId("pepper");
  await db.keyPepper.create({ data: { id, sealed: vault.seal(pepperPlace(id), PEPPER) } });
  await db.apiKeySecret.create({
    data: { hash: sha256(secret + PEPPER), keyId: key.id, start: "cr_", pepperId: id },
  });
  return { key, secret };
}

it("opens an imported key at its first use, and the second time without the pepper", async () => {
  const { key, secret } = await importedKey();
  expect((await snapshot().find(secret, IP))?.id).toBe(key.id);
  const stored = await db.apiKeySecret.findUniqueOrThrow({ where: { hash: sha256(secret) } });
  expect(stored).toMatchObject({ keyId: key.id, start: secret.slice(0, 10), pepperId: null });
  expect(await db.apiKeySecret.count({ where: { hash: sha256(secret + PEPPER) } })).toBe(0);

  opened = 0;
  expect((await snapshot().find(secret, IP))?.id).toBe(key.id);
  expect(opened).toBe(0);
});

it("refuses a key of that form which nobody imported, and takes nothing over for it", async () => {
  const { secret } = await importedKey();
  const stranger = `cr_${randomBytes(32).toString("hex")}`;
  expect(await snapshot().find(stranger, IP)).toBeNull();
  expect(await db.apiKeySecret.count({ where: { hash: sha256(secret + PEPPER) } })).toBe(1);
});

it("opens an imported key for two processes that see it first at the same time", async () => {
  const { key, secret } = await importedKey();
  const found = await Promise.all([snapshot().find(secret, IP), snapshot().find(secret, IP)]);
  expect(found.map((record) => record?.id)).toEqual([key.id, key.id]);
});
