import { afterAll, beforeAll, expect, it } from "vitest";
import {
  type PortalWorld,
  portalWorld,
  refusalOf,
  type TestPerson,
} from "../../testing/factories/portal-world";
import { bookTestHour } from "../../testing/factories/usage-rows";
import { createKey } from "../keys/create-key";
import { readAdminOverview } from "../overview/read-admin-overview";
import { readOverview } from "../overview/read-overview";
import {
  readPoolUsageTable,
  readUsageSeries,
  readUsageSummary,
  readUsageTable,
} from "./read-usage";

let world: PortalWorld;
let one: TestPerson;
let two: TestPerson;
let admin: TestPerson;
let keyId: string;
beforeAll(async () => {
  world = await portalWorld();
  [one, two, admin] = await Promise.all([world.member(), world.member(), world.admin()]);
  keyId = (await createKey(one.ctx, { name: "laptop" })).key.id;
});
afterAll(() => world?.close());

const hour = (text: string) => new Date(text);
const MARCH = { from: "2026-03-01T00:00:00Z", to: "2026-03-03T00:00:00Z" };

it("sums a range beside the one before it, and never somebody else's", async () => {
  const mine = { userId: one.id, keyId };
  await bookTestHour(world.db, { ...mine, hour: hour("2026-03-01T10:00:00Z"), chargeMicroUsd: 5n });
  await bookTestHour(world.db, { ...mine, hour: hour("2026-03-02T23:00:00Z"), chargeMicroUsd: 7n });
  await bookTestHour(world.db, { ...mine, hour: hour("2026-02-28T00:00:00Z"), chargeMicroUsd: 3n });
  await bookTestHour(world.db, {
    ...mine,
    hour: hour("2026-03-03T00:00:00Z"),
    chargeMicroUsd: 90n,
  });
  const theirs = { userId: two.id, keyId: "key_theirs", hour: hour("2026-03-01T10:00:00Z") };
  await bookTestHour(world.db, { ...theirs, chargeMicroUsd: 1_000n });

  const summary = await readUsageSummary(one.ctx, MARCH);
  expect(summary.now).toMatchObject({ requests: 2, chargeMicroUsd: "12", inputTokens: 200 });
  expect(summary.before).toMatchObject({ requests: 1, chargeMicroUsd: "3" });
  expect(summary.now.costMicroUsd).toBeNull();
  expect(summary.now.averageFirstByteMs).toBe(200);
  const foreign = { ...MARCH, userId: two.id, keyId: "key_theirs" } as typeof MARCH;
  expect((await readUsageSummary(one.ctx, foreign)).now.requests).toBe(0);
  expect(await refusalOf(readPoolUsageTable(one.ctx, { ...MARCH, by: "user" }))).toBe("forbidden");
  const table = await readPoolUsageTable(admin.ctx, { ...MARCH, by: "user" });
  expect(table.rows.map((row) => row.id)).toEqual([two.id, one.id]);
  expect(table.total).toMatchObject({ chargeMicroUsd: "1012", costMicroUsd: "1012" });
});

it("draws every step without holes, days in the reader's own time zone", async () => {
  const member = await world.member();
  if (member.ctx.actor.kind !== "user") throw new Error("A member is a user.");
  member.ctx.actor.user.timeZone = "Asia/Shanghai";
  // 17:00 UTC is already the next day in Shanghai.
  await bookTestHour(world.db, {
    userId: member.id,
    keyId: "key_z",
    hour: hour("2026-03-01T17:00:00Z"),
    chargeMicroUsd: 4n,
  });
  const series = await readUsageSeries(member.ctx, { ...MARCH, step: "day", by: "model" });
  expect(series.points.map(({ at }) => at)).toEqual([
    "2026-02-28T16:00:00.000Z",
    "2026-03-01T16:00:00.000Z",
    "2026-03-02T16:00:00.000Z",
  ]);
  const charges = series.points.map(({ sums }) => sums["claude-sonnet-4-5"]?.chargeMicroUsd ?? "0");
  expect(charges).toEqual(["0", "4", "0"]);
  const hours = await readUsageSeries(member.ctx, { ...MARCH, step: "hour", by: "key" });
  expect(hours.points.length).toBe(48);
});

it("shows the eight dearest groups and the rest as one, with nothing lost", async () => {
  const member = await world.member();
  for (let i = 1; i <= 11; i++) {
    await bookTestHour(world.db, {
      userId: member.id,
      keyId,
      model: `model-${i}`,
      hour: hour("2026-03-01T10:00:00Z"),
      chargeMicroUsd: BigInt(i),
    });
  }
  const series = await readUsageSeries(member.ctx, { ...MARCH, step: "day", by: "model" });
  expect(series.groups.length).toBe(9);
  expect(series.groups[0]?.id).toBe("model-11");
  expect(series.groups[8]).toMatchObject({ id: "other", sums: { chargeMicroUsd: "6" } });
  expect(series.points[0]?.sums.other?.chargeMicroUsd).toBe("6");
  const table = await readUsageTable(member.ctx, { ...MARCH, by: "model" });
  expect([table.rows.length, table.total.chargeMicroUsd]).toEqual([11, "66"]);
});

it("refuses ranges that end before they begin, or that nobody can read", async () => {
  const from = "2026-03-01T00:00:00Z";
  const ask = (to: string) => refusalOf(readUsageSummary(one.ctx, { from, to }));
  expect(await ask(from)).toBe("invalid_request");
  expect(await ask("2028-01-01T00:00:00Z")).toBe("invalid_request");
  const year = { from, to: "2027-03-01T00:00:00Z", step: "hour", by: "key" } as const;
  expect(await refusalOf(readUsageSeries(one.ctx, year))).toBe("invalid_request");
});

it("gathers the overview pages, each from its reader's own point of view", async () => {
  const now = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000);
  const member = await world.member();
  await bookTestHour(world.db, { userId: member.id, keyId, hour: now, chargeMicroUsd: 700n });
  const overview = await readOverview(member.ctx);
  expect(overview.month.now.chargeMicroUsd).toBe("700");
  expect(overview.topModels[0]?.sums.chargeMicroUsd).toBe("700");
  expect(overview.budgets.map(({ period }) => period)).toEqual(["day", "week", "month", "total"]);
  expect(BigInt(overview.forecastMonthMicroUsd)).toBeGreaterThanOrEqual(700n);
  expect(overview.series.points.length).toBe(30);
  expect(await refusalOf(readAdminOverview(member.ctx))).toBe("forbidden");
  const all = await readAdminOverview(admin.ctx);
  expect(all.series.points.length).toBeGreaterThanOrEqual(24);
  expect(BigInt(all.today.now.costMicroUsd ?? 0n)).toBeGreaterThanOrEqual(0n);
});
