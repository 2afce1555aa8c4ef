import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  type PortalWorld,
  portalWorld,
  refusalOf,
  type TestPerson,
} from "../../testing/factories/portal-world";
import { addAllowedHost } from "../settings/add-allowed-host";
import { createAccount } from "./create-account";
import { testAccount } from "./test-account";
import { updateAccount } from "./update-account";

/** A listener inside the network that nothing may ever reach, and one that an admin has allowed. */
let world: PortalWorld;
let admin: TestPerson;
let hits = 0;
let allowedHits = 0;
let canaryPort: number;
let allowed: string;
let neighbour: string;
const servers: Server[] = [];

beforeAll(async () => {
  world = await portalWorld();
  admin = await world.admin();
  // "::" takes both families: every loopback spelling would arrive here.
  const canary = await listen("::", (_, res) => {
    hits++;
    res.end("{}");
  });
  canary.on("connection", () => hits++);
  canaryPort = portOf(canary);
  const upstream = await listen("127.0.0.1", (req, res) => {
    allowedHits++;
    const status = Number(/^\/(30\d)\//.exec(req.url ?? "")?.[1] ?? 200);
    const location = { location: `http://127.0.0.1:${canaryPort}/` };
    res.writeHead(status, { "content-type": "application/json", ...(status > 200 && location) });
    res.end('{"content":[{"type":"text","text":"OK"}]}');
  });
  allowed = `127.0.0.1:${portOf(upstream)}`;
  neighbour = `127.0.0.1:${portOf(await listen("127.0.0.1", () => hits++))}`;
  await addAllowedHost(admin.ctx, { hostPort: allowed, note: "upstream of this test" });
  await world.container.start();
});
afterAll(async () => {
  for (const server of servers) server.close();
  await world?.close();
});

async function listen(host: string, listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

const add = (baseUrl: string) =>
  createAccount(admin.ctx, {
    provider: "claude-console",
    name: "SSRF",
    settings: { baseUrl },
    secret: { apiKey: "sk-ant-ssrf-0123456789" },
  });

async function endOf(id: string): Promise<string> {
  let last = "";
  for await (const line of await testAccount(admin.ctx, { id })) last = line.kind;
  return last;
}

/** Ways to write this machine, its network and the clouds' metadata services. */
const HOSTS = [
  "127.0.0.1",
  "127.1",
  "127.0.1",
  "127.255.255.254",
  "0x7f.1",
  "0x7f000001",
  "0x7f.0x0.0x0.0x1",
  "2130706433",
  "017700000001",
  "0177.0.0.1",
  "0177.0.0.01",
  "①②⑦.0.0.1",
  "１２７.０.０.１",
  "127。0。0。1",
  "127．0．0．1",
  "127%2e0%2e0%2e1",
  "%31%32%37.0.0.1",
  "127.0.0.1.",
  "0",
  "0.0.0.0",
  "0x0",
  "[::]",
  "[::1]",
  "[0:0:0:0:0:0:0:1]",
  "[0000:0000:0000:0000:0000:0000:0000:0001]",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
  "[::ffff:0:127.0.0.1]",
  "[::127.0.0.1]",
  "[64:ff9b::127.0.0.1]",
  "[64:ff9b::7f00:1]",
  "[64:ff9b:1::7f00:1]",
  "[2002:7f00:1::]",
  "[2001:0:7f00:1::]",
  "[fe80::1]",
  "[fe80::1%25eth0]",
  "[fec0::1]",
  "[fc00::1]",
  "[fd00:ec2::254]",
  "[ff02::1]",
  "localhost",
  "LocalHost",
  "localhost.",
  "ⓛocalhost",
  "foo.localhost",
  "ip6-localhost",
  "metadata",
  "metadata.google.internal",
  "metadata.google.internal.",
  "169.254.169.254",
  "169.254.170.2",
  "0xa9fea9fe",
  "2852039166",
  "[::ffff:a9fe:a9fe]",
  "168.63.129.16",
  "100.100.100.200",
  "192.0.0.192",
  "100.64.0.1",
  "10.0.0.1",
  "172.16.0.1",
  "192.168.1.1",
  "198.18.0.1",
  "224.0.0.1",
  "255.255.255.255",
  "intranet",
  "printer.local",
  "router.home.arpa",
  "user@127.0.0.1",
  "api.anthropic.com@127.0.0.1",
  "127.0.0.1#@api.anthropic.com",
  "127.0.0.1\\@api.anthropic.com",
];

it("reaches no place inside, however its address is written", { timeout: 60_000 }, async () => {
  expect(HOSTS.length).toBeGreaterThanOrEqual(60);
  const { id } = await add(`http://${allowed}`);
  for (const host of HOSTS) {
    const address = host.includes("#") ? `http://${host}` : `http://${host}:${canaryPort}`;
    expect(await refusalOf(add(address)), host).toBe("invalid_request");
    const change = {
      id,
      settings: { baseUrl: address },
      secret: { apiKey: "sk-ant-other-0123456789" },
    };
    expect(await refusalOf(updateAccount(admin.ctx, change)), host).toBe("invalid_request");
    // What once stood in the database, by whatever way, is judged again when it is called.
    await world.db.account.update({ where: { id }, data: { settings: { baseUrl: address } } });
    const ended = await endOf(id).catch(() => "failed");
    expect(ended, host).toBe("failed");
  }
  expect(hits).toBe(0);
});

it("follows no redirect of an allowed address", async () => {
  for (const status of [301, 302, 303, 307, 308]) {
    const { id } = await add(`http://${allowed}/${status}`);
    expect(await endOf(id), String(status)).toBe("failed");
  }
  expect(hits).toBe(0);
});

it("serves the allowed pair each time, and not its neighbour", async () => {
  const { id } = await add(`http://${allowed}`);
  const before = allowedHits;
  for (let i = 0; i < 100; i++) expect(await endOf(id)).toBe("done");
  expect(allowedHits - before).toBe(100);
  expect(await refusalOf(add(`http://${neighbour}`))).toBe("invalid_request");
  expect(hits).toBe(0);
});

it("refuses the portal's own ports, and those of its databases, also when they are listed", async () => {
  const { env } = world.container;
  const databases = [new URL(env.databaseUrl), new URL(env.redisUrl)].map(({ host }) => host);
  for (const hostPort of [...databases, `127.0.0.1:${env.port}`, `localhost:${env.port}`]) {
    expect(await refusalOf(add(`http://${hostPort}`)), hostPort).toBe("invalid_request");
    await world.db.allowedHost.create({ data: { hostPort } });
    await world.container.outbound.check(`http://${hostPort}`).then(
      () => expect.unreachable(hostPort),
      (refused: Error) => expect(refused.message).toMatch(/the portal/),
    );
    expect(await refusalOf(add(`http://${hostPort}`)), hostPort).toBe("invalid_request");
  }
});

it("would have noticed a single call", async () => {
  await fetch(`http://127.0.0.1:${canaryPort}/`);
  expect(hits).toBeGreaterThan(0);
});
