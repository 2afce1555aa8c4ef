import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import {
  type PortalWorld,
  portalWorld,
  refusalOf,
  type TestPerson,
} from "../../testing/factories/portal-world";
import { createAccount } from "../accounts/create-account";
import { addAllowedHost } from "../settings/add-allowed-host";
import { createChannel } from "./create-channel";
import { deliverNotifications } from "./deliver-notifications";
import { listChannels } from "./show-channels";
import { testChannel } from "./test-channel";
import { deleteChannel, updateChannel } from "./update-channel";

const SIGNING = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

let world: PortalWorld;
let admin: TestPerson;
let receiver: Server;
let url: string;
let accountId: string;
let got: { id: string; body: string }[] = [];
/** Statuses to answer with, in turn; then 200. */
let answers: number[] = [];
let nowMs = Date.now();

beforeAll(async () => {
  world = await portalWorld();
  admin = await world.admin();
  receiver = createServer((req, res) => {
    let body = "";
    req.on("data", (chunk) => {
      body += chunk;
    });
    req.on("end", () => {
      const status = answers.shift() ?? 200;
      if (status === 200) got.push({ id: String(req.headers["webhook-id"]), body });
      res.writeHead(status).end("ok");
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const hostPort = `127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  url = `http://${hostPort}/hooks/secret-part`;
  await world.container.start();
  const account = await createAccount(admin.ctx, {
    provider: "claude-console",
    name: "Claude, team A",
    settings: { baseUrl: "https://console.example.org" },
    secret: { apiKey: "sk-ant-key-0123456789" },
  });
  accountId = account.id;
  expect(await refusalOf(makeChannel())).toBe("invalid_request");
  await addAllowedHost(admin.ctx, { hostPort, note: "" });
});
afterAll(async () => {
  receiver?.close();
  await world?.close();
});
beforeEach(async () => {
  got = [];
  answers = [];
  nowMs = Date.now();
  await world.db.notificationChannel.deleteMany();
  await world.db.accountEvent.deleteMany();
});

const makeChannel = (changes: object = {}) =>
  createChannel(admin.ctx, {
    kind: "webhook",
    name: "On call",
    events: ["stopped", "limited", "recovered"],
    locale: "en",
    enabled: true,
    settings: {},
    secret: { url, signingSecret: SIGNING },
    ...changes,
  });
/** The clock of the delivering process can be set on. */
const deliver = () =>
  deliverNotifications({
    ...world.container.context({ kind: "system" }),
    clock: { ...world.container.clock, nowMs: () => nowMs },
  });
let counted = 0;
const happens = async (kind: string, atMs = nowMs) => {
  const id = `evt_${++counted}`;
  const at = new Date(atMs);
  await world.db.accountEvent.create({
    data: { id, accountId, kind, at, evidence: "Invalid key.", code: "upstream_denied" },
  });
  return id;
};
const ids = () => got.map(({ id }) => id);

it("tells each channel what it wants to know, once, and nothing from before it was made", async () => {
  await happens("stopped", nowMs - 5_000);
  const channel = await makeChannel();
  nowMs += 1_000;
  const stopped = await happens("stopped");
  await happens("cooling");
  await Promise.all([deliver(), deliver(), deliver()]);
  await deliver();
  expect(ids()).toEqual([stopped]);
  expect(JSON.parse(got[0]?.body ?? "")).toMatchObject({
    type: "account.stopped",
    data: {
      title: "Claude, team A has stopped and needs you",
      text: "Invalid key.",
      url: expect.stringMatching(new RegExp(`/admin/accounts/${accountId}$`)),
    },
  });
  const { channels } = await listChannels(admin.ctx);
  expect(channels[0]).toMatchObject({ id: channel.id, last: { state: "sent", attempts: 1 } });
});

it("does not repeat the same trouble for minutes, and tells a recovery only after a trouble", async () => {
  await makeChannel();
  nowMs += 1_000;
  await happens("recovered");
  const first = await happens("limited", nowMs + 1);
  await happens("limited", nowMs + 60_000);
  const later = await happens("limited", nowMs + 11 * 60_000);
  const back = await happens("recovered", nowMs + 12 * 60_000);
  await happens("recovered", nowMs + 13 * 60_000);
  nowMs += 14 * 60_000;
  await deliver();
  expect(ids().toSorted()).toEqual([first, later, back].toSorted());
});

it("tries again for ten minutes with the same id, and then says that it failed", async () => {
  await makeChannel();
  nowMs += 1_000;
  const stopped = await happens("stopped");
  answers = [500, 503, 404];
  await deliver();
  expect(ids()).toEqual([]);
  await deliver();
  expect(answers.length).toBe(2);
  for (const wait of [5_000, 10_000, 20_000]) {
    nowMs += wait;
    await deliver();
  }
  expect(ids()).toEqual([stopped]);

  nowMs += 60 * 60_000;
  await happens("stopped");
  answers = Array.from({ length: 20 }, () => 500);
  const begunMs = nowMs;
  for (let i = 0; i < 12; i++) {
    await deliver();
    nowMs += 300_000;
  }
  expect(20 - answers.length).toBe(8);
  const [failed] = await world.db.notificationDelivery.findMany({ where: { state: "failed" } });
  expect(failed).toMatchObject({ attempts: 8, lastError: "500 ok" });
  expect(begunMs).toBeLessThan(nowMs);
});

it("sends what a process that died had taken", async () => {
  const channel = await makeChannel();
  nowMs += 1_000;
  const stopped = await happens("stopped");
  await world.db.notificationDelivery.create({
    data: {
      eventId: stopped,
      channelId: channel.id,
      accountId,
      kind: "stopped",
      eventAt: new Date(nowMs),
      state: "due",
      attempts: 1,
      nextAt: new Date(nowMs + 60_000),
    },
  });
  await deliver();
  expect(ids()).toEqual([]);
  nowMs += 61_000;
  await deliver();
  expect(ids()).toEqual([stopped]);
});

it("keeps secrets sealed: in answers, in the audit log, in what failed", async () => {
  const channel = await makeChannel();
  answers = [500];
  const test = await testChannel(admin.ctx, { id: channel.id });
  expect(test).toMatchObject({ ok: false, status: 500 });
  expect(await testChannel(admin.ctx, { id: channel.id })).toMatchObject({ ok: true, status: 200 });
  await updateChannel(admin.ctx, { id: channel.id, name: "Renamed", enabled: false });
  nowMs += 1_000;
  await happens("stopped");
  await deliver();
  expect(ids().length).toBe(1);
  const everything = JSON.stringify(
    [
      await listChannels(admin.ctx),
      await world.db.auditEntry.findMany(),
      await world.db.notificationChannel.findMany(),
      await world.db.notificationDelivery.findMany(),
      test,
    ],
    (_, value) => (typeof value === "bigint" ? String(value) : value),
  );
  expect(everything).not.toContain("secret-part");
  expect(everything).not.toContain(SIGNING);
  await deleteChannel(admin.ctx, { id: channel.id });
  expect(await refusalOf(testChannel(admin.ctx, { id: channel.id }))).toBe("not_found");
});

it("refuses forms that do not fit, and strangers", async () => {
  expect(await refusalOf(makeChannel({ kind: "pigeon" }))).toBe("invalid_request");
  const short = { secret: { url, signingSecret: "whsec_short" } };
  await expect(makeChannel(short)).rejects.toMatchObject({
    detail: { fields: { "secret.signingSecret": expect.any(String) } },
  });
  const member = await world.member();
  expect(await refusalOf(listChannels(member.ctx))).toBe("forbidden");
});
