import { afterAll, beforeAll, expect, it } from "vitest";
import { listUsageWindows } from "../../db/accounts";
import { makeContainer } from "../../server/container";
import {
  type PortalWorld,
  portalWorld,
  type TestPerson,
} from "../../testing/factories/portal-world";
import { createAccount } from "../accounts/create-account";
import { readAccount } from "../accounts/read-account";
import { updateAccount } from "../accounts/update-account";

let world: PortalWorld;
let admin: TestPerson;
let other: ReturnType<typeof makeContainer>;
let id: string;

beforeAll(async () => {
  world = await portalWorld();
  admin = await world.admin();
  await world.container.start();
  ({ id } = await createAccount(admin.ctx, {
    provider: "claude-oauth",
    name: "Subscription",
    settings: {},
    secret: { accessToken: "sk-ant-oat01-test" },
    pauseAtPercent: 90,
  }));
  other = makeContainer(world.container.env);
  await other.start();
});
afterAll(async () => {
  await other?.stop();
  await world?.close();
});

const RESET = Date.now() + 3_600_000;
const report = (usedPercent: number) =>
  world.container.relay.world.live.report({
    kind: "served",
    accountId: id,
    firstByteMs: 5,
    windows: [{ name: "5h", usedPercent, status: "allowed", resetsAtMs: RESET }],
  });
const pooled = (container: typeof other) =>
  container.relay.world.snapshots.pool().find((account) => account.id === id);
const stored = async () => (await listUsageWindows(world.db, id)).map((row) => row.usedPercent);

it("tells every process and the page what an answer stated", async () => {
  report(42);
  await expect.poll(stored).toEqual([42]);
  await expect.poll(() => pooled(other)?.windows[0]?.usedPercent).toBe(42);
  expect(pooled(world.container)?.pauseAtPercent).toBe(90);
  const { windows } = await readAccount(admin.ctx, { id });
  expect(windows).toMatchObject([
    { name: "5h", usedPercent: 42, resetsAt: new Date(RESET).toISOString() },
  ]);
});

it("writes nothing for what hardly moved", async () => {
  report(42.4);
  expect(pooled(world.container)?.windows[0]?.usedPercent).toBe(42.4);
  report(44);
  await expect.poll(stored).toEqual([44]);
});

it("knows the windows again after a start", async () => {
  const third = makeContainer(world.container.env);
  await third.start();
  expect(pooled(third)?.windows[0]).toMatchObject({ name: "5h", usedPercent: 44 });
  await third.stop();
});

it("says that the account is held back, and until when", async () => {
  report(91);
  await expect.poll(stored).toEqual([91]);
  const { account } = await readAccount(admin.ctx, { id });
  expect(account.state).toMatchObject({
    kind: "quota-reached",
    reason: "quota-reached",
    until: new Date(RESET).toISOString(),
    evidence: null,
  });
});

it("lets the share be changed and taken away", async () => {
  const changed = await updateAccount(admin.ctx, { id, pauseAtPercent: null });
  expect(changed.pauseAtPercent).toBeNull();
  expect(changed.state.kind).toBe("active");
});
