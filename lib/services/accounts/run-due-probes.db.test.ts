import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { AppError } from "../../shared/errors";
import {
  type PortalWorld,
  portalWorld,
  refusalOf,
  type TestPerson,
} from "../../testing/factories/portal-world";
import { addAllowedHost } from "../settings/add-allowed-host";
import { createAccount } from "./create-account";
import { readAccount } from "./read-account";
import { runDueProbes } from "./run-due-probes";
import { updateAccount } from "./update-account";

let world: PortalWorld;
let admin: TestPerson;
let upstream: Server;
let id: string;
let calls = 0;
let status = 200;
let nowMs = Date.parse("2026-11-24T10:02:00Z");

beforeAll(async () => {
  world = await portalWorld();
  admin = await world.admin();
  upstream = createServer((req, res) => {
    calls += 1;
    req.resume();
    req.on("end", () => res.writeHead(status).end('{"content":[{"type":"text","text":"OK"}]}'));
  });
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  const hostPort = `127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  await addAllowedHost(admin.ctx, { hostPort, note: "" });
  await world.container.start();
  const account = await createAccount(admin.ctx, {
    provider: "claude-console",
    name: "Probed",
    settings: { baseUrl: `http://${hostPort}` },
    secret: { apiKey: "sk-ant-key-0123456789" },
    probeCron: "*/10 * * * *",
  });
  id = account.id;
});
afterAll(async () => {
  upstream?.close();
  await world?.close();
});

const round = () => {
  const system = world.container.context({ kind: "system" });
  return runDueProbes({ ...system, clock: { ...system.clock, nowMs: () => nowMs } });
};
const at = (text: string) => {
  nowMs = Date.parse(text);
};

it("tests an account when its schedule strikes, once over all processes, and keeps the results", async () => {
  await round();
  expect(calls).toBe(0);
  expect((await readAccount(admin.ctx, { id })).account.nextProbeAt).toBe(
    "2026-11-24T10:10:00.000Z",
  );
  at("2026-11-24T10:11:00Z");
  await Promise.all([round(), round(), round()]);
  expect(calls).toBe(1);
  status = 500;
  at("2026-11-24T10:20:30Z");
  await round();
  await round();
  expect(calls).toBe(2);
  const { probes } = await readAccount(admin.ctx, { id });
  expect(probes.map(({ ok }) => ok)).toEqual([false, true]);
  expect(await world.db.usageHour.count()).toBe(0);
});

it("ends a guessed rest with a test that passes", async () => {
  status = 200;
  const error = new AppError("upstream_busy", "Overloaded.");
  admin.ctx.live.report({ kind: "failed", accountId: id, error, family: null });
  expect((await readAccount(admin.ctx, { id })).account.state.kind).toBe("cooling");
  at("2026-11-24T10:30:30Z");
  await round();
  await expect
    .poll(async () => (await readAccount(admin.ctx, { id })).account.state.kind)
    .toBe("active");
});

it("refuses schedules that cannot be read or strike too often", async () => {
  const change = (probeCron: string) => refusalOf(updateAccount(admin.ctx, { id, probeCron }));
  for (const cron of ["often", "* * * * *", "*/2 * * * *", "0 0 * * * *", "61 * * * *"]) {
    expect(await change(cron), cron).toBe("invalid_request");
  }
  expect(await change("15 6 * * 1-5")).toBe("none");
  await updateAccount(admin.ctx, { id, probeCron: null });
  at("2026-11-25T10:30:30Z");
  const before = calls;
  await round();
  expect(calls).toBe(before);
});
