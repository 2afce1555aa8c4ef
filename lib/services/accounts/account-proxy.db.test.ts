import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { TestLine } from "../../contracts/accounts";
import {
  type PortalWorld,
  portalWorld,
  refusalOf,
  type TestPerson,
} from "../../testing/factories/portal-world";
import { type OAuthServer, startOAuthServer } from "../../testing/oauth-server";
import { startSocksProxy, type TestProxy } from "../../testing/proxies";
import { exportPool } from "../imports/export-pool";
import { addAllowedHost } from "../settings/add-allowed-host";
import { createAccount } from "./create-account";
import { testAccount } from "./test-account";
import { updateAccount } from "./update-account";

const LOG_IN = { user: "ada", password: "hidden-word" };

let world: PortalWorld;
let admin: TestPerson;
let proxy: TestProxy;
let oauth: OAuthServer;
let upstream: Server;
let hostPort: string;
let address: string;

beforeAll(async () => {
  world = await portalWorld();
  admin = await world.admin();
  [proxy, oauth] = await Promise.all([
    startSocksProxy(LOG_IN),
    startOAuthServer({ lifeSeconds: 3_600 }),
  ]);
  upstream = createServer((req, res) => {
    req.resume();
    req.on("end", () => res.end('{"content":[{"type":"text","text":"OK"}]}'));
  });
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  hostPort = `127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  address = `socks5://ada:hidden-word@${proxy.hostPort}`;
  await world.container.start();
  for (const allowed of [hostPort, oauth.hostPort]) {
    await addAllowedHost(admin.ctx, { hostPort: allowed, note: "" });
  }
});
afterAll(async () => {
  await Promise.all([proxy?.close(), oauth?.stop()]);
  upstream?.close();
  await world?.close();
});

const withProxy = (changes: object = {}) => ({
  provider: "claude-console",
  name: "Behind a proxy",
  settings: { baseUrl: `http://${hostPort}` },
  secret: { apiKey: "sk-ant-key-0123456789" },
  proxy: address,
  ...changes,
});

async function lastLine(id: string): Promise<TestLine | undefined> {
  let last: TestLine | undefined;
  for await (const line of await testAccount(admin.ctx, { id })) last = line;
  return last;
}

it("refuses a proxy inside the network until an admin allows it", async () => {
  await expect(createAccount(admin.ctx, withProxy())).rejects.toMatchObject({
    code: "invalid_request",
    detail: { fields: { proxy: expect.stringContaining(proxy.hostPort) } },
  });
  await addAllowedHost(admin.ctx, { hostPort: proxy.hostPort, note: "" });
  expect(await refusalOf(createAccount(admin.ctx, withProxy({ proxy: "nonsense" })))).toBe(
    "invalid_request",
  );
});

it("calls the account through it, tests included, and shows everything but the log-in", async () => {
  const { id, ...made } = await createAccount(admin.ctx, withProxy());
  expect(made.proxy).toEqual({ address: `socks5://${proxy.hostPort}`, hasLogIn: true });
  expect(await lastLine(id)).toMatchObject({ kind: "done" });
  expect(proxy.ways).toEqual([hostPort]);
  const row = await world.db.account.findUniqueOrThrow({ where: { id } });
  const audit = await world.db.auditEntry.findMany();
  expect(JSON.stringify([row, audit, made], asText)).not.toContain("hidden-word");

  await updateAccount(admin.ctx, { id, note: "Something else is changed." });
  await expect.poll(() => inPool(id)?.openProxy()).toBe(address);
  const { accounts } = await exportPool(admin.ctx, { withSecrets: true });
  expect(accounts.find((one) => one.id === id)?.proxy).toBe(address);

  const direct = await updateAccount(admin.ctx, { id, proxy: null });
  expect(direct.proxy).toBeNull();
  await expect.poll(() => inPool(id)?.openProxy()).toBeNull();
  expect(await lastLine(id)).toMatchObject({ kind: "done" });
  expect(proxy.ways).toEqual([hostPort]);
});

function inPool(id: string) {
  return world.container.relay.world.ports.pool().find((account) => account.id === id);
}

function asText(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}

it("renews the account's token through it as well", async () => {
  const { access_token, refresh_token } = oauth.newAccount();
  const { id } = await createAccount(
    admin.ctx,
    withProxy({
      provider: "claude-oauth",
      settings: { baseUrl: `http://${hostPort}`, tokenUrl: oauth.tokenUrl },
      secret: { accessToken: access_token, refreshToken: refresh_token },
    }),
  );
  const before = proxy.ways.length;
  await admin.ctx.tokens.renew({ accountId: id, version: 1 });
  expect(proxy.ways.slice(before)).toEqual([oauth.hostPort]);
});

it("never goes around a proxy that cannot be read", async () => {
  const { id } = await createAccount(admin.ctx, withProxy({ name: "Damaged" }));
  await world.db.account.update({ where: { id }, data: { sealedProxy: "damaged" } });
  await admin.ctx.changed("accounts", id);
  await expect.poll(() => refusal(() => inPool(id)?.openProxy())).toBe("upstream_denied");
  expect(await refusalOf(lastLine(id))).toBe("upstream_denied");
});

function refusal(open: () => unknown): string {
  try {
    open();
    return "none";
  } catch (thrown) {
    return (thrown as { code: string }).code;
  }
}
