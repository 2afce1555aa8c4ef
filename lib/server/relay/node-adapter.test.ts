import { createServer, request as httpRequest, type IncomingMessage } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, it } from "vitest";
import type { RelayRequest, RelaySink } from "../../relay/ports";
import { AppError } from "../../shared/errors";
import { handleNodeRequest, type PlayExchange } from "./node-adapter";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function serve(play: PlayExchange) {
  const bugs: unknown[] = [];
  const door = { play, ipOf: () => "192.0.2.1", onBug: (thrown: unknown) => bugs.push(thrown) };
  const server = createServer((req, res) => handleNodeRequest(door, req, res, false));
  server.on("checkContinue", (req, res) => handleNodeRequest(door, req, res, true));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, bugs };
}

/** Sends raw bytes and gives everything that came back until the connection closed. */
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

const echo: PlayExchange = async (request, sink) => {
  try {
    const body = await request.body(1_000);
    sink.head(200, {
      "x-path": request.path,
      "x-query": request.query.toString(),
      "x-length": String(body.length),
    });
    sink.write(body);
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    sink.head(thrown.status, { "content-length": String(thrown.code.length) });
    sink.write(Buffer.from(thrown.code));
  }
  sink.end();
};

it("gives path, query, headers and body as they came, with slashes made plain", async () => {
  const { port } = await serve(echo);
  const answer = await fetch(`http://127.0.0.1:${port}//v1//messages/?beta=true`, {
    method: "POST",
    body: "héllo",
  });
  expect(await answer.text()).toBe("héllo");
  expect(answer.headers.get("x-path")).toBe("/v1/messages");
  expect(answer.headers.get("x-query")).toBe("beta=true");
});

it("gives headers as text, of which repeated ones are joined, and each query as it came", async () => {
  const { port } = await serve(async (request, sink) => {
    const { host, "set-cookie": cookies, "x-more": more } = request.headers;
    const text = [host, cookies, more, request.query.get("a"), request.query.get("b")].join("|");
    sink.head(200, { "x-seen": text });
    sink.end();
  });
  const asked = (query: string, headers: string) =>
    raw(port, `GET /v1/x${query} HTTP/1.1\r\nhost: h\r\nconnection: close\r\n${headers}\r\n`);
  expect(await asked("?a=1", "")).toContain("x-seen: h|||1|\r\n");
  expect(await asked("?a=2&b=3", "x-more: 1\r\nX-More: 2\r\n")).toContain("h||1, 2|2|3\r\n");
  expect(await asked("", "set-cookie: a=1\r\nset-cookie: b=2\r\n")).toContain("h|a=1, b=2|||\r\n");
  const long = "x".repeat(50);
  expect(await asked(`?a=${long}`, "")).toContain(`|${long}|\r\n`);
});

it("reads chunked and announced bodies of every size up to the limit", async () => {
  const { port } = await serve(echo);
  for (const size of [0, 1, 999, 1_000]) {
    const answer = await raw(
      port,
      `POST /v1/x HTTP/1.1\r\nhost: a\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n${size ? `${size.toString(16)}\r\n${"x".repeat(size)}\r\n` : ""}0\r\n\r\n`,
    );
    expect(answer).toContain("200 OK");
    expect(answer).toContain(`x-length: ${size}\r\n`);
  }
});

it("answers 413 while a large body is still arriving, so that the caller can read it", async () => {
  const { port } = await serve(echo);
  const size = 20 * 1024 * 1024;
  const status = await new Promise<{ status: number | undefined; body: string }>(
    (resolve, reject) => {
      const req = httpRequest({
        port,
        host: "127.0.0.1",
        method: "POST",
        path: "/v1/x",
        headers: { "content-length": size },
      });
      req.on("response", (res: IncomingMessage) => {
        let body = "";
        res.on("data", (chunk) => {
          body += chunk;
        });
        res.on("end", () => resolve({ status: res.statusCode, body }));
      });
      req.on("error", reject);
      req.end(Buffer.alloc(size));
    },
  );
  expect(status).toEqual({ status: 413, body: "too_large" });
});

it("answers 413 to a chunked body that grows beyond the limit, and closes", async () => {
  const { port } = await serve(echo);
  const chunk = `400\r\n${"x".repeat(1_024)}\r\n`;
  const answer = await raw(
    port,
    `POST /v1/x HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n${chunk.repeat(3)}0\r\n\r\n`,
  );
  expect(answer).toContain("413");
  expect(answer.toLowerCase()).toContain("connection: close");
});

it("says 100 Continue only when the body is wanted", async () => {
  const { port } = await serve(echo);
  const head = (length: number) =>
    `POST /v1/x HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\nconnection: close\r\ncontent-length: ${length}\r\n\r\n`;
  expect(await raw(port, `${head(2)}ok`)).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200/);
  const refused = await raw(port, head(1_001));
  expect(refused).toMatch(/^HTTP\/1.1 413/);
});

it("sends the head at once when the first byte takes its time", async () => {
  const { port } = await serve(async (_, sink) => {
    sink.head(200, { "content-type": "text/event-stream" });
    await sleep(400);
    sink.write(Buffer.from("late"));
    sink.end();
  });
  const begun = performance.now();
  const answer = await fetch(`http://127.0.0.1:${port}/v1/x`);
  expect(performance.now() - begun).toBeLessThan(300);
  expect(await answer.text()).toBe("late");
});

it("tells once when the caller leaves in the middle, and not after a complete answer", async () => {
  const left: string[] = [];
  const { port } = await serve(async (request, sink) => {
    request.onLeave(() => left.push(request.path));
    sink.head(200, {});
    sink.write(Buffer.from("first"));
    if (request.path === "/v1/whole") sink.end();
  });
  await (await fetch(`http://127.0.0.1:${port}/v1/whole`)).text();
  const controller = new AbortController();
  const answer = await fetch(`http://127.0.0.1:${port}/v1/cut`, { signal: controller.signal });
  await answer.body?.getReader().read();
  controller.abort();
  await sleep(100);
  expect(left).toEqual(["/v1/cut"]);
});

it("tells of a caller who leaves after its body was read, and nobody who unsubscribed", async () => {
  const told: string[] = [];
  const { port, bugs } = await serve(async (request, sink) => {
    request.onLeave(() => told.push("left"));
    request.onLeave(() => told.push("unsubscribed"))();
    await request.body(1_000);
    sink.head(200, {});
    sink.write(Buffer.from("first"));
    while (sink.write(Buffer.from("more"))) await sleep(1);
  });
  const socket = connect(port, "127.0.0.1");
  socket.write("POST /v1/x HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\n\r\nbody");
  await new Promise((done) => socket.once("data", done));
  socket.resetAndDestroy();
  await sleep(100);
  expect({ told, bugs }).toEqual({ told: ["left"], bugs: [] });
});

it("rejects the body when the caller leaves while sending it", async () => {
  const codes: string[] = [];
  const { port } = await serve((request) =>
    request.body(1_000).then(
      () => {},
      (error: AppError) => void codes.push(error.code),
    ),
  );
  const socket = connect(port, "127.0.0.1");
  socket.write("POST /v1/x HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\nhalf");
  await sleep(50);
  socket.destroy();
  await sleep(100);
  expect(codes).toEqual(["client_left"]);
});

it("holds the writer back while the caller does not read, and lets it go on after", async () => {
  const block = Buffer.alloc(64 * 1024);
  let written = 0;
  const { port } = await serve(async (_, sink) => {
    sink.head(200, {});
    const more = () => {
      while (written < 300) {
        written++;
        if (!sink.write(block)) return;
      }
      sink.end();
    };
    sink.onDrain(more);
    more();
  });
  const socket = connect(port, "127.0.0.1");
  socket.write("GET /v1/x HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
  socket.pause();
  await sleep(200);
  expect(written).toBeLessThan(200);
  let got = 0;
  socket.on("data", (chunk) => {
    got += chunk.length;
  });
  socket.resume();
  await new Promise((done) => socket.once("close", done));
  expect(got).toBeGreaterThan(300 * block.length);
});

const brokenOff =
  (how: (sink: RelaySink, request: RelayRequest) => void): PlayExchange =>
  async (request, sink) => {
    sink.head(200, {});
    sink.write(Buffer.from("told before the cut"));
    how(sink, request);
  };

it("cuts so that the caller sees no clean end, with everything written before delivered", async () => {
  const { port } = await serve(brokenOff((sink) => sink.fail()));
  const answer = await raw(port, "GET /v1/x HTTP/1.1\r\nhost: a\r\n\r\n");
  expect(answer).toContain("told before the cut");
  expect(answer).not.toMatch(/\r\n0\r\n\r\n$/);
  await expect(fetch(`http://127.0.0.1:${port}/v1/x`).then((r) => r.text())).rejects.toThrow();
});

it("cuts the connection and tells when the exchange itself breaks", async () => {
  const { port, bugs } = await serve(
    brokenOff(() => {
      throw new Error("a bug");
    }),
  );
  await expect(fetch(`http://127.0.0.1:${port}/v1/x`).then((r) => r.text())).rejects.toThrow();
  expect(bugs).toHaveLength(1);
});
