import { afterAll, beforeAll, expect, it } from "vitest";
import { AppError } from "../../shared/errors";
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
    name: "With rules",
    settings: { baseUrl: "https://console.example.org" },
    secret: { apiKey: "sk-ant-key-0123456789" },
  });
  id = account.id;
});
afterAll(() => world?.close());

const inPool = () => world.container.relay.world.ports.pool().find((one) => one.id === id);
const stateNow = async () => (await readAccount(admin.ctx, { id })).account.state;
const overload = () =>
  admin.ctx.live.report({
    kind: "failed",
    accountId: id,
    error: new AppError("upstream_busy", "Overloaded."),
    family: null,
  });

it("serves only the people on its consent card, and names them", async () => {
  const member = await world.member();
  const changed = await updateAccount(admin.ctx, { id, consent: { userIds: [member.id] } });
  expect(changed.consent).toEqual({ users: [{ id: member.id, name: "A member" }] });
  await expect.poll(() => inPool()?.consent).toEqual({ userIds: [member.id] });
  const open = await updateAccount(admin.ctx, { id, consent: null });
  expect(open.consent).toBeNull();
  await expect.poll(() => inPool()?.consent).toBeNull();
});

it("rests as its own rules say, from the next second on", async () => {
  const coolDownOverrides = { maxSeconds: null, ignoreLimits: false, ignoreFailures: true };
  const changed = await updateAccount(admin.ctx, { id, coolDownOverrides });
  expect(changed.coolDownOverrides).toEqual(coolDownOverrides);
  await new Promise((resolve) => setTimeout(resolve, 500));
  overload();
  expect((await stateNow()).kind).toBe("active");
  await updateAccount(admin.ctx, { id, coolDownOverrides: null });
  await new Promise((resolve) => setTimeout(resolve, 500));
  overload();
  await expect.poll(async () => (await stateNow()).kind).toBe("cooling");
});
