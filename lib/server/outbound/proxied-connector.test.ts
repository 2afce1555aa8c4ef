import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { AppError } from "../../shared/errors";
import { startHttpProxy, startSocksProxy, type TestProxy } from "../../testing/proxies";
import { openOutbound } from "./client";

const LOG_IN = { user: "ada", password: "p@ss wörd/1" };
const logInText = `${encodeURIComponent(LOG_IN.user)}:${encodeURIComponent(LOG_IN.password)}@`;
const LIMITS = { connectMs: 2_000, firstByteMs: 2_000, idleMs: 2_000, totalMs: 9_000 };
const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function serve(listener: RequestListener): Promise<{ server: Server; host: string }> {
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { server, host: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function outboundFor(allowed: readonly string[]) {
  const hosts = new Set(allowed);
  const outbound = openOutbound({
    allowedHosts: () => hosts,
    storedHosts: async () => hosts,
    own: [],
    maxConnections: 5,
  });
  closers.push(() => outbound.close());
  return outbound;
}

function call(outbound: ReturnType<typeof outboundFor>, url: string, proxy: string | null) {
  return new Promise<string | AppError>((resolve) => {
    let text = "";
    outbound.dispatch(
      {
        accountId: "acc_1",
        url: new URL(url),
        method: "GET",
        headers: {},
        body: null,
        limits: LIMITS,
        proxy,
      },
      {
        onHead: () => {},
        onData: (chunk) => {
          text += Buffer.from(chunk).toString();
          return true;
        },
        onEnd: () => resolve(text),
        onError: resolve,
      },
    );
  });
}

const KINDS: readonly [string, (logIn?: typeof LOG_IN) => Promise<TestProxy>][] = [
  ["http", startHttpProxy],
  ["socks5", startSocksProxy],
];

for (const [scheme, start] of KINDS) {
  it(`goes through a ${scheme} proxy, and keeps its ways apart from direct ones`, async () => {
    const proxy = await start();
    closers.push(() => proxy.close());
    const { host } = await serve((req, res) => res.end(`answer to ${req.url}`));
    const outbound = outboundFor([host, proxy.hostPort]);
    const address = `${scheme}://${proxy.hostPort}`;
    expect(await call(outbound, `http://${host}/one`, address)).toBe("answer to /one");
    expect(proxy.ways).toEqual([host]);
    expect(await call(outbound, `http://${host}/two`, null)).toBe("answer to /two");
    expect(proxy.ways).toEqual([host]);
    // A kept connection needs no second way.
    expect(await call(outbound, `http://${host}/three`, address)).toBe("answer to /three");
    expect(proxy.ways).toEqual([host]);
  });

  it(`logs in at a ${scheme} proxy, and never repeats the log-in when it is refused`, async () => {
    const proxy = await start(LOG_IN);
    closers.push(() => proxy.close());
    const { host } = await serve((_, res) => res.end("answer"));
    const outbound = outboundFor([host, proxy.hostPort]);
    const with_ = `${scheme}://${logInText}${proxy.hostPort}`;
    expect(await call(outbound, `http://${host}/`, with_)).toBe("answer");
    const wrong = await call(outbound, `http://${host}/`, with_.replace("ada", "eve"));
    expect(wrong).toMatchObject({
      code: "upstream_broken",
      message: "The account's proxy refuses its user name and password.",
    });
    const told = wrong instanceof AppError ? `${wrong.stack} ${String(wrong.cause)}` : "";
    expect(told).not.toMatch(/p@ss|p%40ss|eve/);
    expect(proxy.ways).toEqual([host]);
  });

  it(`names a ${scheme} proxy that is gone, and one that reaches nobody`, async () => {
    const proxy = await start();
    closers.push(() => proxy.close());
    const gone = await start();
    await gone.close();
    const { host, server } = await serve(() => {});
    server.close();
    const outbound = outboundFor([host, proxy.hostPort, gone.hostPort]);
    expect(await call(outbound, `http://${host}/`, `${scheme}://${gone.hostPort}`)).toMatchObject({
      code: "upstream_broken",
      message: "The account's proxy cannot be reached.",
    });
    expect(await call(outbound, `http://${host}/`, `${scheme}://${proxy.hostPort}`)).toMatchObject({
      code: "upstream_broken",
      message: expect.stringContaining("opens no way to the upstream"),
    });
  });

  it(`calls neither a ${scheme} proxy inside the network nor a place behind it that is refused`, async () => {
    const proxy = await start();
    closers.push(() => proxy.close());
    let calls = 0;
    const { host } = await serve((_, res) => res.end(String(++calls)));
    const address = `${scheme}://${proxy.hostPort}`;
    const closed = outboundFor([host]);
    expect(await call(closed, `http://${host}/`, address)).toMatchObject({
      code: "upstream_broken",
    });
    const open = outboundFor([proxy.hostPort]);
    expect(await call(open, `http://${host}/`, address)).toMatchObject({
      message: "The account's address may not be called.",
    });
    expect({ calls, ways: proxy.ways }).toEqual({ calls: 0, ways: [] });
  });
}

it("checks a proxy's address when it is saved", async () => {
  const outbound = outboundFor(["127.0.0.1:1080"]);
  await expect(outbound.checkProxy("socks5://u:p@127.0.0.1:1080")).resolves.toBeInstanceOf(URL);
  await expect(outbound.checkProxy("socks5://u:p@127.0.0.1")).resolves.toBeInstanceOf(URL);
  const refused = [
    "127.0.0.1:1080",
    "ftp://127.0.0.1:1080",
    "socks5://",
    "socks5://127.0.0.1:1080/path",
    "http://u:hidden-word@127.0.0.1:8080",
    "socks5://u:hidden-word@169.254.169.254:1080",
  ];
  for (const text of refused) {
    const failure = await outbound.checkProxy(text).then(
      () => null,
      (thrown: AppError) => thrown,
    );
    expect(failure?.code, text).toBe("invalid_request");
    expect(failure?.message, text).not.toContain("hidden-word");
  }
});
