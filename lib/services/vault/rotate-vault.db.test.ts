import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { SEALED_COLUMNS } from "../../db/sealed-places";
import { openVault } from "../../server/vault";
import { type PortalWorld, portalWorld, refusalOf } from "../../testing/factories/portal-world";
import type { Context, Vault } from "../context";
import { rotateVault } from "./rotate-vault";

const ACCOUNTS = 1_000;
const oldKey = randomBytes(32).toString("base64");
const newKey = randomBytes(32).toString("base64");
const before = openVault(`old:${oldKey}`);
const during = openVault(`new:${newKey},old:${oldKey}`);
const after = openVault(`new:${newKey}`);

let world: PortalWorld;
let ctx: Context;

beforeAll(async () => {
  world = await portalWorld();
  ctx = { ...world.cli, vault: during };
  await world.db.account.createMany({
    data: Array.from({ length: ACCOUNTS }, (_, i) => ({
      id: idOf(i),
      provider: "claude-console",
      name: `account ${i}`,
      sealedSecret: before.seal(placeOf(i), `secret ${i}`),
      ...(i % 3 === 0 && { sealedProxy: before.seal(placeOf(i, "sealed_proxy"), `proxy ${i}`) }),
    })),
  });
});
afterAll(() => world?.close());

const idOf = (i: number) => `acc_${String(i).padStart(6, "0")}`;
const placeOf = (i: number, column = "sealed_secret") => ({
  table: "account",
  column,
  row: idOf(i),
});
const envelopeOf = async (i: number) => {
  const row = await world.db.account.findUniqueOrThrow({ where: { id: idOf(i) } });
  return row.sealedSecret;
};
const opens = (vault: Vault, i: number, envelope: string) => {
  try {
    return vault.open(placeOf(i), envelope);
  } catch {
    return null;
  }
};

it("knows every sealed column of the schema", () => {
  const schema = readFileSync("prisma/schema.prisma", "utf8");
  const models = [...schema.matchAll(/model \w+ \{([\s\S]*?)\n\}/g)].map(([, body = ""]) => body);
  const sealed = models.flatMap((body) => {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? "";
    const fields = [...body.matchAll(/^ {2}(sealed\w*)\s.*$/gm)];
    return fields.map(([line, field = ""]) => ({
      table,
      column: /@map\("(\w+)"\)/.exec(line)?.[1] ?? field,
    }));
  });
  expect(sealed.length).toBeGreaterThan(0);
  expect(SEALED_COLUMNS).toEqual(expect.arrayContaining(sealed));
});

it("rotates under readers and writers: all stay readable, no newer secret is lost", async () => {
  let running = true;
  const unreadable: number[] = [];
  const written = new Map<number, string>();
  const reader = async () => {
    for (let i = 0; running; i = (i + 37) % ACCOUNTS) {
      if (opens(during, i, await envelopeOf(i)) === null) unreadable.push(i);
    }
  };
  // A process that has not been restarted yet still seals with the old key.
  const writer = async (vault: Vault, from: number) => {
    for (let i = from; running; i = (i + 53) % ACCOUNTS) {
      const secret = `renewed ${i} ${from} ${Math.random()}`;
      written.set(i, secret);
      await world.db.account.update({
        where: { id: idOf(i) },
        data: { sealedSecret: vault.seal(placeOf(i), secret), secretVersion: { increment: 1 } },
      });
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  };
  const load = [reader(), reader(), writer(during, 1)];
  const report = await rotateVault(ctx);
  running = false;
  await Promise.all(load);
  expect(report.unreadable).toEqual([]);
  expect(report.rotated + report.current + report.replaced).toBe(ACCOUNTS + 334);
  expect(unreadable).toEqual([]);
  for (let i = 0; i < ACCOUNTS; i++) {
    expect(opens(after, i, await envelopeOf(i)), idOf(i)).toBe(written.get(i) ?? `secret ${i}`);
  }
});

it("does nothing the second time", async () => {
  const report = await rotateVault(ctx);
  expect(report).toEqual({ rotated: 0, current: ACCOUNTS + 334, replaced: 0, unreadable: [] });
});

it("refuses each flipped byte, and a row that was swapped for another", async () => {
  const envelope = await envelopeOf(5);
  const [version, key, text = ""] = envelope.split(".");
  const bytes = Buffer.from(text, "base64url");
  for (let at = 0; at < bytes.length; at++) {
    const flipped = Buffer.from(bytes);
    flipped.writeUInt8((bytes[at] ?? 0) ^ 0x01, at);
    expect(opens(after, 5, `${version}.${key}.${flipped.toString("base64url")}`)).toBeNull();
  }
  for (let at = 0; at < envelope.length; at++) {
    const touched =
      envelope.slice(0, at) + (envelope[at] === "A" ? "B" : "A") + envelope.slice(at + 1);
    expect(opens(after, 5, touched), `character ${at}`).toBeNull();
  }
  expect(opens(after, 6, envelope)).toBeNull();
  expect(opens(after, 5, envelope)).not.toBeNull();
});

it("names what it cannot read, leaves it as it is, and goes on with the rest", async () => {
  const swapped = await envelopeOf(8);
  await world.db.account.update({ where: { id: idOf(7) }, data: { sealedSecret: swapped } });
  const stale = before.seal(placeOf(9), "late");
  await world.db.account.update({ where: { id: idOf(9) }, data: { sealedSecret: stale } });
  const report = await rotateVault(ctx);
  expect(report).toMatchObject({
    rotated: 1,
    unreadable: [{ table: "account", column: "sealed_secret", id: idOf(7) }],
  });
  expect(await envelopeOf(7)).toBe(swapped);
  expect(opens(after, 9, await envelopeOf(9))).toBe("late");
});

it("is nobody's but an admin's", async () => {
  const member = await world.member();
  expect(await refusalOf(rotateVault(member.ctx))).toBe("forbidden");
});
