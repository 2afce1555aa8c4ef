import { createServer, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, expect, it } from "vitest";
import { type FrontDoorOptions, frontDoor } from "./front-door";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

interface Seen {
  by: string;
  url: string | undefined;
  headers: IncomingHttpHeaders;
}

async function open(options: Partial<FrontDoorOptions> = {}) {
  const seen: Seen[] = [];
  const note = (by: string) => (req: IncomingMessage) =>
    seen.push({ by, url: req.url, headers: { ...req.headers } });
  const serve = frontDoor({
    publicUrl: "https://portal.example",
    trustedHops: 0,
    dev: false,
    relay: (req, res) => {
      note("relay")(req);
      req.resume().on("end", () => res.end());
    },
    own: () => false,
    rest: (req, res) => {
      note("next")(req);
      res.setHeader("Vary", "rsc");
      res.end();
    },
    ...options,
  });
  const server = createServer((req, res) => serve(req, res, false));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, seen };
}

async function raw(port: number, text: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let got = "";
  socket.on("data", (chunk) => {
    got += chunk.toString("latin1");
  });
  socket.on("error", () => {});
  socket.write(text);
  await new Promise((done) => socket.once("close", done));
  return got;
}

const get = (port: number, path: string, headers = "") =>
  raw(port, `GET ${path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n${headers}\r\n`);

it("hands relay paths to the fast lane and everything else to Next", async () => {
  const { port, seen } = await open();
  for (const path of ["/v1/messages", "/api//v1/models", "/gemini", "/", "/api/portal/keys"]) {
    await get(port, path);
  }
  expect(seen.map(({ by }) => by)).toEqual(["relay", "relay", "relay", "next", "next"]);
});

it("gives Next plain relay paths, uncompressed and without its Vary, when there is no fast lane", async () => {
  const { port, seen } = await open({ relay: null });
  const answer = await get(port, "/api//v1/models/?limit=1", "accept-encoding: gzip\r\n");
  expect(seen[0]).toMatchObject({ by: "next", url: "/api/v1/models?limit=1" });
  expect(seen[0]?.headers).not.toHaveProperty("accept-encoding");
  expect(answer.toLowerCase()).not.toContain("vary:");
  expect(answer.toLowerCase()).not.toContain("content-security-policy");
});

const FORGED = [
  "x-middleware-subrequest",
  "x-middleware-rewrite",
  "x-invoke-path",
  "x-matched-path",
  "x-real-ip",
  "forwarded",
  "x-forwarded-port",
  "x-forwarded-prefix",
];

it("lets no header through that only the server may set", async () => {
  const { port, seen } = await open();
  const forged = [...FORGED, "x-nonce", "x-forwarded-for", "x-forwarded-host", "x-portal-path"];
  await get(port, "/keys?page=2", forged.map((name) => `${name}: forged\r\n`).join(""));
  const headers = seen[0]?.headers ?? {};
  expect(Object.values(headers)).not.toContain("forged");
  for (const name of FORGED) expect(headers, name).not.toHaveProperty(name);
  expect(headers).toMatchObject({
    "x-forwarded-for": "127.0.0.1",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "a",
    "x-portal-path": "/keys?page=2",
  });
});

it("believes only as many forwarding hops as are trusted", async () => {
  const { port, seen } = await open({ trustedHops: 1 });
  await get(port, "/keys", "x-forwarded-for: 6.6.6.6, 203.0.113.9\r\n");
  expect(seen[0]?.headers["x-forwarded-for"]).toBe("203.0.113.9");
});

it("gives each page its own nonce, told to the page and to the browser alike", async () => {
  const { port, seen } = await open();
  const answers = [await get(port, "/keys"), await get(port, "/keys")];
  const nonces = seen.map(({ headers }) => String(headers["x-nonce"]));
  expect(new Set(nonces).size).toBe(2);
  for (const [i, answer] of answers.entries()) {
    const policy = /content-security-policy: (.*)\r\n/i.exec(answer)?.[1] ?? "";
    expect(policy).toContain(`script-src 'self' 'nonce-${nonces[i]}'`);
    expect(policy).toBe(seen[i]?.headers["content-security-policy"]);
    expect(policy).not.toContain("script-src 'self' 'unsafe-inline'");
    expect(answer.toLowerCase()).toContain("x-content-type-options: nosniff");
    expect(answer.toLowerCase()).toContain("strict-transport-security");
  }
});

it("refuses what no client of a portal sends", async () => {
  const { port, seen } = await open();
  const lines: [string, RegExp][] = [
    ["TRACE /v1/messages HTTP/1.1\r\nhost: a\r\n\r\n", /^HTTP\/1.1 405/],
    ["GET http://elsewhere.example/ HTTP/1.1\r\nhost: a\r\n\r\n", /^HTTP\/1.1 400/],
    ["OPTIONS * HTTP/1.1\r\nhost: a\r\n\r\n", /^HTTP\/1.1 400/],
    ["GET / HTTP/1.1\r\nhost: a\r\nHost: b\r\n\r\n", /^HTTP\/1.1 400/],
    ["GET / HTTP/1.1\r\n\r\n", /^HTTP\/1.1 400/],
    [`GET / HTTP/1.1\r\nhost: a\r\nx: ${"y".repeat(17_000)}\r\n\r\n`, /^HTTP\/1.1 431/],
  ];
  for (const [line, expected] of lines) {
    expect(await raw(port, line), line.slice(0, 40)).toMatch(expected);
  }
  expect(seen).toEqual([]);
});

const body = (framing: string, text: string) =>
  `POST /v1/messages HTTP/1.1\r\nhost: a\r\n${framing}\r\n\r\n${text}`;
/** Ways of hiding a second request inside the first. */
const SMUGGLED: [string, string][] = [
  ["length and chunked", body("content-length: 4\r\ntransfer-encoding: chunked", "0\r\n\r\n")],
  ["chunked and length", body("transfer-encoding: chunked\r\ncontent-length: 4", "0\r\n\r\n")],
  ["two lengths", body("content-length: 4\r\ncontent-length: 5", "abcde")],
  ["a list of lengths", body("content-length: 4, 5", "abcde")],
  ["xchunked", body("transfer-encoding: xchunked", "0\r\n\r\n")],
  ["chunked twice", body("transfer-encoding: chunked, identity", "0\r\n\r\n")],
  ["a folded header", body("transfer-encoding:\r\n chunked\r\nx: y\r\n z", "0\r\n\r\n")],
  ["a signed length", body("content-length: +4", "abcd")],
  ["a hexadecimal length", body("content-length: 0x4", "abcd")],
  ["a chunk size with 0x", body("transfer-encoding: chunked", "0x1\r\na\r\n0\r\n\r\n")],
  ["a NUL in a name", body("x\0y: z", "")],
  ["a space before the colon", body("transfer-encoding : chunked", "0\r\n\r\n")],
  ["a bare LF", "POST /v1/messages HTTP/1.1\nhost: a\ncontent-length: 0\n\n"],
];

it.each(SMUGGLED)("refuses %s", async (_, text) => {
  const { port } = await open();
  expect(await raw(port, text)).toMatch(/^HTTP\/1.1 400/);
});
