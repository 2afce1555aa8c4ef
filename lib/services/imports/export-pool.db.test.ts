import { afterAll, beforeAll, expect, it } from "vitest";
import { crsLiveLists } from "../../testing/crs-server";
import {
  type PortalWorld,
  portalWorld,
  refusalOf,
  type TestPerson,
} from "../../testing/factories/portal-world";
import { exportPool } from "./export-pool";
import { runImport } from "./run-import";

let world: PortalWorld;
let admin: TestPerson;

beforeAll(async () => {
  world = await portalWorld();
  admin = await world.admin();
  await world.container.start();
  const from = { kind: "file" as const, name: "x.json", file: { data: crsLiveLists() } };
  await runImport(admin.ctx, { from });
});
afterAll(() => world?.close());

it("exports the pool so that another portal imports it, secrets only when asked for", async () => {
  const open = await exportPool(admin.ctx, { withSecrets: false });
  expect(JSON.stringify(open)).not.toContain("live-key-of-ours");
  const whole = await exportPool(admin.ctx, { withSecrets: true });
  const other = await portalWorld();
  try {
    const there = await other.admin();
    const from = { kind: "file" as const, name: "pool.json", file: { ...whole } };
    const run = await runImport(there.ctx, { from });
    expect(run.report.items.every(({ action }) => action === "create")).toBe(true);
    const copy = await exportPool(there.ctx, { withSecrets: true });
    const plain = (pool: typeof copy) =>
      pool.accounts
        .map(({ id: _, ...account }) => account)
        .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    expect(plain(copy)).toEqual(plain(whole));
  } finally {
    await other.close();
  }
});

it("leaves an audit entry that says whether the secrets went along", async () => {
  const entries = await world.db.auditEntry.findMany({
    where: { action: "pool.export" },
    orderBy: { at: "asc" },
  });
  expect(entries.map(({ after }) => after)).toEqual([
    { accounts: 2, withSecrets: false },
    { accounts: 2, withSecrets: true },
  ]);
});

it("is nobody's but an admin's", async () => {
  const member = await world.member();
  expect(await refusalOf(exportPool(member.ctx, { withSecrets: false }))).toBe("forbidden");
});
