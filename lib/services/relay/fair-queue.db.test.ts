import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { exchange } from "../../relay/pipeline/exchange";
import { fakeRequest, fakeSink } from "../../relay/testing/fake-sink";
import {
  type PortalWorld,
  portalWorld,
  type TestPerson,
} from "../../testing/factories/portal-world";
import { createAccount } from "../accounts/create-account";
import { createKeyFor } from "../keys/create-key";
import { addAllowedHost } from "../settings/add-allowed-host";
import { updateSettings } from "../settings/update-settings";

const ANSWER_MS = 40;
const LIMIT = 2;

let world: PortalWorld;
let admin: TestPerson;
let upstream: Server;
let most = 0;
let running = 0;
let keys: string[] = [];
const answered: string[] = [];

beforeAll(async () => {
  world = await portalWorld();
  admin = await world.admin();
  upstream = createServer((req, res) => {
    running += 1;
    most = Math.max(most, running);
    req.resume();
    req.on("end", () =>
      setTimeout(() => {
        running -= 1;
        res.setHeader("content-type", "application/json");
        res.end('{"type":"message","content":[{"type":"text","text":"OK"}]}');
      }, ANSWER_MS),
    );
  });
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  const hostPort = `127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  await addAllowedHost(admin.ctx, { hostPort, note: "" });
  await createAccount(admin.ctx, {
    provider: "claude-console",
    name: "Small",
    settings: { baseUrl: `http://${hostPort}` },
    secret: { apiKey: "sk-ant-key-0123456789" },
    maxConcurrency: LIMIT,
  });
  const made = ["greedy", "modest"].map((name) =>
    createKeyFor(admin.ctx, { ownerId: admin.id, name }),
  );
  keys = (await Promise.all(made)).map(({ secret }) => secret);
  await world.container.start();
});
afterAll(async () => {
  upstream?.close();
  await world?.close();
});

async function ask(key: string, name: string) {
  const body = {
    model: "claude-sonnet-4-5",
    max_tokens: 10,
    messages: [{ role: "user", content: name }],
  };
  const request = fakeRequest("/api/v1/messages", body, { headers: { "x-api-key": key } });
  const sink = fakeSink();
  await exchange(request, sink, world.container.relay.world.ports);
  answered.push(`${name} ${sink.status}`);
  return sink;
}

it("lets all wait until the account has room, and never more on it than its limit", async () => {
  const all = Array.from({ length: 9 }, (_, i) => ask(keys[0] ?? "", `greedy ${i}`));
  const sinks = await Promise.all(all);
  expect(sinks.map(({ status }) => status)).toEqual(sinks.map(() => 200));
  expect(most).toBeLessThanOrEqual(LIMIT);
});

it("makes one key wait for one request of another, not for all of them", async () => {
  answered.length = 0;
  const greedy = Array.from({ length: 10 }, (_, i) => ask(keys[0] ?? "", `greedy ${i}`));
  await new Promise((resolve) => setTimeout(resolve, 20));
  const modest = ask(keys[1] ?? "", "modest");
  await Promise.all([...greedy, modest]);
  const place = answered.findIndex((line) => line.startsWith("modest"));
  expect(answered[place]).toBe("modest 200");
  expect(place).toBeLessThanOrEqual(6);
});

it("refuses in the caller's own words when the line is full or the wait is over", async () => {
  await updateSettings(admin.ctx, { relay: { queueMs: 60, queuePerKey: 2 } });
  await expect
    .poll(() => world.container.relay.world.ports.settings().queuePerKey, { timeout: 5_000 })
    .toBe(2);
  const sinks = await Promise.all(
    Array.from({ length: 12 }, (_, i) => ask(keys[0] ?? "", `greedy ${i}`)),
  );
  const refused = sinks.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(0);
  expect(sinks.every(({ status }) => status === 200 || status === 429)).toBe(true);
  for (const sink of refused) {
    expect(Number(sink.headers["retry-after"])).toBeGreaterThan(0);
    expect(sink.json()).toMatchObject({ type: "error", error: { type: expect.any(String) } });
  }
  expect(world.container.relay.world.ports.line.waiting()).toBe(0);
});
