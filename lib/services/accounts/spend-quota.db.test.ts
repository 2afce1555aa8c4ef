import { afterAll, beforeAll, expect, it } from "vitest";
import { listAccountQuotas } from "../../db/account-quotas";
import {
  type PortalWorld,
  portalWorld,
  type TestPerson,
} from "../../testing/factories/portal-world";
import { createAccount } from "./create-account";
import { readAccount } from "./read-account";
import { updateAccount } from "./update-account";

let world: PortalWorld;
let admin: TestPerson;
let id: string;

beforeAll(async () => {
  world = await portalWorld();
  admin = await world.admin();
  await world.container.start();
  const account = await createAccount(admin.ctx, {
    provider: "claude-console",
    name: "Small purse",
    settings: { baseUrl: "https://console.example.org" },
    secret: { apiKey: "sk-ant-key-0123456789" },
    dailyQuotaMicroUsd: "5000000",
  });
  id = account.id;
});
afterAll(() => world?.close());

const spend = (costMicroUsd: bigint, hour: Date) =>
  world.db.usageHour.create({
    data: {
      hour,
      userId: "usr_x",
      keyId: "key_x",
      accountId: id,
      face: "anthropic",
      model: `m ${costMicroUsd}`,
      outcome: "complete",
      requests: 1n,
      costMicroUsd,
    },
  });
const inPool = () => world.container.relay.world.ports.pool().find((one) => one.id === id);
const thisHour = () => new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000);

it("holds an account back until its quota begins anew, and says so", async () => {
  await spend(4_000_000n, thisHour());
  const before = (await readAccount(admin.ctx, { id })).account;
  expect(before.dailyQuota).toMatchObject({ limitMicroUsd: "5000000", spentMicroUsd: "4000000" });
  expect(before.state.kind).toBe("active");

  await spend(1_500_000n, thisHour());
  await admin.ctx.changed("accounts", id);
  const { account } = await readAccount(admin.ctx, { id });
  expect(account.state).toMatchObject({
    kind: "quota-reached",
    until: account.dailyQuota?.resetsAt,
  });
  await expect
    .poll(() => inPool()?.spentUntilMs)
    .toBe(Date.parse(account.dailyQuota?.resetsAt ?? ""));

  await updateAccount(admin.ctx, { id, dailyQuotaMicroUsd: "9000000" });
  await expect.poll(() => inPool()?.spentUntilMs).toBeNull();
});

it("begins the day at the quota's hour in the portal's time zone", async () => {
  const quotaAt = async (now: string, resetHour: number, zone: string) => {
    await updateAccount(admin.ctx, { id, quotaResetHour: resetHour });
    const [quota] = await listAccountQuotas(world.db, new Date(now), zone, [id]);
    return quota?.resets_at.toISOString();
  };
  expect(await quotaAt("2026-11-24T10:00:00Z", 0, "UTC")).toBe("2026-11-25T00:00:00.000Z");
  expect(await quotaAt("2026-11-24T10:00:00Z", 11, "UTC")).toBe("2026-11-24T11:00:00.000Z");
  expect(await quotaAt("2026-11-24T11:00:00Z", 11, "UTC")).toBe("2026-11-25T11:00:00.000Z");
  expect(await quotaAt("2026-11-24T17:00:00Z", 0, "Asia/Shanghai")).toBe(
    "2026-11-25T16:00:00.000Z",
  );
  // The night in which the clocks go back is an hour longer.
  expect(await quotaAt("2026-10-24T23:00:00Z", 0, "Europe/Berlin")).toBe(
    "2026-10-25T23:00:00.000Z",
  );
});
