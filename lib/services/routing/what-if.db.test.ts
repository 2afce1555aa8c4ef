import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { RoutingState, WhatIfBody, WhatIfResult } from "../../contracts/routing";
import { exchange } from "../../relay/pipeline/exchange";
import { fakeRequest, fakeSink } from "../../relay/testing/fake-sink";
import { makeKeySecret } from "../../shared/key-format";
import { testKey, until } from "../../testing/factories/metering";
import {
  type PortalWorld,
  portalWorld,
  refusalOf,
  type TestPerson,
} from "../../testing/factories/portal-world";
import { createAccount } from "../accounts/create-account";
import { addAllowedHost } from "../settings/add-allowed-host";
import { updateSettings } from "../settings/update-settings";
import { createCollector } from "../usage/collect";
import { readRouting } from "./read-routing";
import { whatIf } from "./what-if";

/** Some are refused while accounts rest: those leave no choice. */
const REQUESTS = 1_300;
const AT_ONCE = 20;
const MODELS = ["claude-sonnet-4-5", "claude-opus-4-5", "claude-haiku-4-5"];

let world: PortalWorld;
let admin: TestPerson;
let upstream: Server;
let secret: string;
const accounts: string[] = [];
const collecting = new AbortController();
let collected: Promise<unknown>;

beforeAll(async () => {
  world = await portalWorld();
  admin = await world.admin();
  upstream = createServer((req, res) => {
    req.resume();
    req.on("end", () => answer(Math.random(), res));
  });
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  const { port } = upstream.address() as AddressInfo;
  await addAllowedHost(admin.ctx, { hostPort: `127.0.0.1:${port}`, note: "" });
  await fillPool(`http://127.0.0.1:${port}`);
  const key = await testKey(world.db);
  secret = makeKeySecret();
  const hash = createHash("sha256").update(secret).digest("hex");
  await world.db.apiKeySecret.create({ data: { hash, keyId: key.id, start: secret.slice(0, 10) } });
  const { container } = world;
  await container.start();
  const collector = createCollector({
    db: world.db,
    blocking: container.redis.blocking(),
    commands: container.redis.commands,
    keys: container.redisKeys,
    clock: container.clock,
    consumer: container.processId,
    log: () => {},
  });
  collected = collector.run(collecting.signal);
  await play(REQUESTS / 2);
  await updateSettings(admin.ctx, { relay: { strategy: "weighted" } });
  await until(async () => container.relay.world.ports.settings().strategy === "weighted");
  await play(REQUESTS / 2);
  await until(async () => (await world.db.request.count()) >= REQUESTS, 60_000);
}, 180_000);
afterAll(async () => {
  collecting.abort();
  await collected;
  upstream?.close();
  await world?.close();
});

/** Mostly served, sometimes limited, busy or broken, as upstreams are. */
function answer(chance: number, res: import("node:http").ServerResponse): void {
  const [status, headers] = statusOf(chance);
  const body = { type: "message", content: [{ type: "text", text: "OK" }] };
  setTimeout(() => {
    res.writeHead(status, { "content-type": "application/json", ...headers });
    res.end(JSON.stringify(status === 200 ? body : { type: "error", error: { message: "No." } }));
  }, 5);
}

function statusOf(chance: number): [number, Record<string, string>] {
  if (chance < 0.004) return [429, { "retry-after": "1" }];
  if (chance < 0.008) return [529, {}];
  return chance < 0.03 ? [500, {}] : [200, {}];
}

async function fillPool(baseUrl: string): Promise<void> {
  const kinds = [
    {},
    { weight: 4 },
    { maxConcurrency: 6 },
    { priority: 60 },
    { priority: 70, maxConcurrency: 3 },
    { modelMap: [{ from: "claude-haiku-4-5", to: "claude-haiku-4-5" }] },
  ];
  for (const [i, changes] of kinds.entries()) {
    const { id } = await createAccount(admin.ctx, {
      provider: "claude-console",
      name: `Account ${i}`,
      settings: { baseUrl },
      secret: { apiKey: `sk-ant-canary-0123456789-${i}` },
      ...changes,
    });
    accounts.push(id);
  }
}

/** Calls through the pipeline, so many at once, with and without sessions. */
async function play(count: number): Promise<void> {
  let left = count;
  const caller = async () => {
    while (left-- > 0) {
      const session =
        left % 3 === 0 ? null : `3f2a8c1e-0000-4000-8000-${100_000_000_000 + (left % 30)}`;
      const body = {
        model: MODELS[left % MODELS.length],
        max_tokens: 10,
        messages: [{ role: "user", content: `Question ${left}` }],
        ...(session && { metadata: { user_id: `user_a_account__session_${session}` } }),
      };
      const headers = { "x-api-key": secret, "user-agent": "test/1.0" };
      const request = fakeRequest("/api/v1/messages", body, { headers });
      await exchange(request, fakeSink(), world.container.relay.world.ports);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, caller));
}

const ask = (changes: WhatIfBody = {}) =>
  whatIf(admin.ctx, WhatIfBody.parse({ take: 2_000, ...changes }));

it("comes out as recorded in at least 99 of 100 choices when nothing is changed", async () => {
  const result = await ask();
  expect(WhatIfResult.parse(result)).toEqual(result);
  expect(result.replayed).toBeGreaterThanOrEqual(1_000);
  expect(result.unreadable).toBe(0);
  expect(result.reproduced / result.replayed).toBeGreaterThanOrEqual(0.99);
  expect(result.same).toBe(result.reproduced);
  const used = result.shares.filter(({ before }) => before > 0);
  expect(used.length, "the pool was used in its breadth").toBeGreaterThanOrEqual(4);
});

it("tells where the choices of a paused account would have gone", async () => {
  const [paused = ""] = accounts;
  const result = await ask({ accounts: [{ id: paused, paused: true }] });
  const share = result.shares.find(({ id }) => id === paused);
  expect(share).toMatchObject({ name: "Account 0", after: 0 });
  expect(share?.before).toBeGreaterThan(50);
  expect(result.moved).toBeGreaterThanOrEqual(share?.before ?? 0);
  expect(result.moves.every(({ to }) => to?.id !== paused)).toBe(true);
  expect(result.same + result.moved + result.refused).toBe(result.replayed);
});

it("tells what would have been refused, and why, when nobody were left", async () => {
  const result = await ask({ accounts: accounts.map((id) => ({ id, paused: true })) });
  expect(result.refused).toBe(result.replayed);
  expect(result.reasons.disabled).toBe(result.replayed * accounts.length);
});

it("follows a change of strategy, priority and limits", async () => {
  const [first = "", second = ""] = accounts;
  const preferred = await ask({
    strategy: "priority-lru",
    accounts: [{ id: second, priority: 1 }],
  });
  const share = preferred.shares.find(({ id }) => id === second);
  expect(share?.after).toBeGreaterThan(share?.before ?? 0);
  const limited = await ask({ accounts: [{ id: first, maxConcurrency: 1 }] });
  const less = limited.shares.find(({ id }) => id === first);
  expect(less?.after).toBeLessThan(less?.before ?? 0);
});

it("changes nothing, and is for admins only", async () => {
  const before = await world.db.account.findMany({ orderBy: { id: "asc" } });
  await ask({ accounts: accounts.map((id) => ({ id, paused: true, priority: 1 })) });
  const after = await world.db.account.findMany({ orderBy: { id: "asc" } });
  expect(after.map(({ enabled, priority }) => [enabled, priority])).toEqual(
    before.map(({ enabled, priority }) => [enabled, priority]),
  );
  const member = await world.member();
  expect(await refusalOf(whatIf(member.ctx, WhatIfBody.parse({})))).toBe("forbidden");
  expect(await refusalOf(readRouting(member.ctx))).toBe("forbidden");
});

it("shows the latest choices with the accounts that were left out, and why", async () => {
  const state = await readRouting(admin.ctx);
  expect(RoutingState.parse(state)).toEqual(state);
  expect(state).toMatchObject({ strategy: "weighted" });
  expect(state.decisions).toHaveLength(30);
  const named = state.decisions.flatMap(({ candidates, excluded }) => [...candidates, ...excluded]);
  expect(named.every(({ name }) => name.startsWith("Account "))).toBe(true);
  expect(state.decisions.some(({ excluded }) => excluded.length > 0)).toBe(true);
});
