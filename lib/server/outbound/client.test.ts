import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, expect, it } from "vitest";
import type { UpstreamLimits } from "../../relay/upstream-port";
import type { AppError } from "../../shared/errors";
import type { Resolve } from "./check-url";
import { openOutbound } from "./client";

const LIMITS: UpstreamLimits = {
  connectMs: 2_000,
  firstByteMs: 2_000,
  idleMs: 2_000,
  totalMs: 9_000,
};
const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function serve(
  listener: RequestListener,
): Promise<{ server: Server; url: string; host: string }> {
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}` };
}

function client(allowed: Set<string>, resolve?: Resolve) {
  const opened = openOutbound({
    allowedHosts: () => allowed,
    storedHosts: async () => allowed,
    own: [],
    maxConnections: 50,
    resolve,
  });
  closers.push(() => opened.close());
  return opened;
}

interface Seen {
  status: number | null;
  headers: Readonly<Record<string, string>>;
  chunks: Buffer[];
  end: "end" | AppError;
}

type Client = ReturnType<typeof client>;

function call(
  outbound: Client,
  url: string,
  options: { limits?: Partial<UpstreamLimits>; body?: Uint8Array; onData?: () => boolean } = {},
) {
  const seen: Seen = { status: null, headers: {}, chunks: [], end: "end" };
  let exchange: ReturnType<Client["dispatch"]> | undefined;
  const done = new Promise<Seen>((resolve) => {
    exchange = outbound.dispatch(
      {
        accountId: "acc_1",
        url: new URL(url),
        method: options.body ? "POST" : "GET",
        headers: { "x-sent": "yes" },
        body: options.body ?? null,
        limits: { ...LIMITS, ...options.limits },
      },
      {
        onHead: (status, headers) => Object.assign(seen, { status, headers }),
        onData(chunk) {
          seen.chunks.push(Buffer.from(chunk));
          return options.onData?.() ?? true;
        },
        onEnd: () => resolve(seen),
        onError: (error) => resolve({ ...seen, end: error }),
      },
    );
  });
  return { done, seen, exchange: exchange as NonNullable<typeof exchange> };
}

const failureOf = ({ end }: Seen) => (end === "end" ? "none" : end.code);

it("passes head, bytes and end, asks for no encoding, and sends the body whole", async () => {
  const asked: Record<string, unknown>[] = [];
  const { url, host } = await serve((req, res) => {
    const chunks: Buffer[] = [];
    req.on("data", (chunk) => chunks.push(chunk));
    req.on("end", () => {
      asked.push({ ...req.headers, body: Buffer.concat(chunks).toString() });
      res.writeHead(200, { "x-one": "1", "set-cookie": "a=b" }).end("answer");
    });
  });
  const seen = await call(client(new Set([host])), `${url}/p?q=1`, { body: Buffer.from("asked") })
    .done;
  expect(Buffer.concat(seen.chunks).toString()).toBe("answer");
  expect(seen).toMatchObject({ status: 200, headers: { "x-one": "1" }, end: "end" });
  expect(seen.headers).not.toHaveProperty("set-cookie");
  expect(asked[0]).toMatchObject({ "accept-encoding": "identity", "x-sent": "yes", body: "asked" });
});

it("calls nothing that is not allowed, neither by address nor by a name that turns", async () => {
  let calls = 0;
  const { url, server } = await serve((_, res) => res.end(String(++calls)));
  const { port } = server.address() as AddressInfo;
  expect(failureOf(await call(client(new Set()), url).done)).toBe("upstream_broken");
  let asked = 0;
  const turning: Resolve = async () => {
    asked++;
    return [{ address: asked === 1 ? "93.184.216.34" : "127.0.0.1", family: 4 }];
  };
  const outbound = client(new Set(), turning);
  const rebound = `http://rebound.example.com:${port}/`;
  await expect(outbound.check(rebound)).resolves.toBeInstanceOf(URL);
  expect(failureOf(await call(outbound, rebound).done)).toBe("upstream_broken");
  expect({ asked, calls }).toEqual({ asked: 2, calls: 0 });
});

it("ends kept connections when the entry that allowed them is taken away", async () => {
  const { url, host } = await serve((_, res) => res.end("ok"));
  const allowed = new Set([host]);
  let current: ReadonlySet<string> = allowed;
  const outbound = openOutbound({
    allowedHosts: () => current,
    storedHosts: async () => current,
    own: [],
    maxConnections: 5,
  });
  closers.push(() => outbound.close());
  expect(failureOf(await call(outbound, url).done)).toBe("none");
  current = new Set();
  expect(failureOf(await call(outbound, url).done)).toBe("upstream_broken");
});

it("follows no redirect", async () => {
  let followed = 0;
  const target = await serve((_, res) => res.end(String(++followed)));
  const { url, host } = await serve((_, res) => res.writeHead(307, { location: target.url }).end());
  const seen = await call(client(new Set([host, target.host])), url).done;
  expect({ failure: failureOf(seen), followed, status: seen.status }).toEqual({
    failure: "upstream_broken",
    followed: 0,
    status: null,
  });
});

it("names each limit that was overrun, close to its time", async () => {
  const silent = await serve(() => {});
  const stuck = await serve((_, res) => void res.writeHead(200).write("first"));
  const endless = await serve((_, res) => {
    const timer = setInterval(() => res.write("x"), 20);
    res.on("close", () => clearInterval(timer));
  });
  const outbound = client(new Set([silent.host, stuck.host, endless.host]));
  const cases = [
    { url: silent.url, limits: { firstByteMs: 200 }, words: /did not answer/ },
    { url: stuck.url, limits: { idleMs: 200 }, words: /fell silent/ },
    { url: endless.url, limits: { totalMs: 200 }, words: /longer than a request may take/ },
  ];
  for (const { url, limits, words } of cases) {
    const begun = performance.now();
    const { end } = await call(outbound, url, { limits }).done;
    expect(end).toMatchObject({ code: "upstream_silent", message: expect.stringMatching(words) });
    expect(performance.now() - begun).toBeGreaterThan(180);
    expect(performance.now() - begun).toBeLessThan(1_200);
  }
});

it("closes the upstream's connection at once when aborted, and calls nothing back", async () => {
  let closedAt = 0;
  const { url, host } = await serve((_, res) => {
    res.writeHead(200).write("first");
    res.on("close", () => {
      closedAt = performance.now();
    });
  });
  const { seen, exchange } = call(client(new Set([host])), url);
  while (seen.chunks.length === 0) await sleep(5);
  const abortedAt = performance.now();
  exchange.abort();
  while (closedAt === 0) await sleep(5);
  expect(closedAt - abortedAt).toBeLessThan(250);
  expect(seen.end).toBe("end");
});

it("holds the upstream back while the caller takes nothing, for longer than the idle limit", async () => {
  const block = Buffer.alloc(256 * 1024);
  let written = 0;
  const { url, host } = await serve((_, res) => {
    const more = () => {
      while (written < 400) {
        written++;
        if (!res.write(block)) return void res.once("drain", more);
      }
      res.end();
    };
    more();
  });
  let taking = false;
  const { done, exchange } = call(client(new Set([host])), url, {
    limits: { idleMs: 300, totalMs: 20_000 },
    onData: () => taking,
  });
  await sleep(700);
  expect(written).toBeLessThan(100);
  taking = true;
  exchange.resume();
  const seen = await done;
  expect(seen.end).toBe("end");
  expect(seen.chunks.reduce((sum, chunk) => sum + chunk.length, 0)).toBe(400 * block.length);
});

const TEXT = Buffer.from("data: ✓ 密钥\n\n".repeat(5_000));
const ENCODED: [string, Buffer][] = [
  ["gzip", gzipSync(TEXT)],
  ["br", brotliCompressSync(TEXT)],
  ["deflate", deflateSync(TEXT)],
  ["deflate", deflateRawSync(TEXT)],
];

it.each(ENCODED)("decodes %s that was never asked for", async (encoding, bytes) => {
  const { url, host } = await serve((_, res) =>
    res.writeHead(200, { "content-encoding": encoding, "content-length": bytes.length }).end(bytes),
  );
  const seen = await call(client(new Set([host])), url).done;
  expect(Buffer.concat(seen.chunks).equals(TEXT)).toBe(true);
  expect(seen.headers).not.toHaveProperty("content-encoding");
  expect(seen.headers).not.toHaveProperty("content-length");
});

it("names wrong, cut and unknown encodings and bombs as broken, before any head where it can", async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
  const cases: [string, Buffer, boolean][] = [
    ["gzip", Buffer.from("this is not gzip"), false],
    ["zstd", Buffer.from("whatever"), false],
    ["gzip", gzipSync(TEXT).subarray(0, 40), true],
    ["gzip", bomb, true],
  ];
  for (const [encoding, bytes, mayBegin] of cases) {
    const { url, host } = await serve((_, res) =>
      res.writeHead(200, { "content-encoding": encoding }).end(bytes),
    );
    const seen = await call(client(new Set([host])), url).done;
    expect(failureOf(seen), encoding).toBe("upstream_broken");
    if (!mayBegin) expect(seen.status, encoding).toBeNull();
  }
});

it("names refused connections, resets, bad HTTP and unusable headers", async () => {
  const gone = await serve(() => {});
  gone.server.close();
  const reset = await serve((req) => void req.socket.resetAndDestroy());
  const short = await serve((_, res) => {
    res.writeHead(200, { "content-length": "100" }).write("short");
    setTimeout(() => res.destroy(), 20);
  });
  const bad = await serve((req) => void req.socket.end("nonsense\r\n\r\n"));
  const big = await serve(
    (_, res) => void res.writeHead(200, { "x-big": "x".repeat(60_000) }).end(),
  );
  const all = [gone, reset, short, bad, big];
  const outbound = client(new Set(all.map(({ host }) => host)));
  for (const { url } of all)
    expect(failureOf(await call(outbound, url).done)).toBe("upstream_broken");
});
