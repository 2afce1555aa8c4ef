import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, it } from "vitest";
import type { AppError } from "../../shared/errors";
import { readBody } from "./node-body";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function serve(listener: (req: IncomingMessage, res: ServerResponse) => void) {
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1").setNoDelay(true);
  socket.on("error", () => {});
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return socket;
}

/** When a body is asked for: with the head, right after it, or when it has arrived long ago. */
const MOMENTS: readonly (readonly [string, () => Promise<unknown> | null])[] = [
  ["with the head", () => null],
  ["right after the head", () => Promise.resolve()],
  ["late", () => sleep(5)],
];
const LIMIT = 2 * 1024 * 1024;

const bodyOf = (size: number) => Buffer.alloc(size).map((_, i) => (i * 7 + size) % 251);
const headOf = (framing: string) => `POST / HTTP/1.1\r\nhost: a\r\n${framing}\r\n\r\n`;

/** Sends the pieces one after another and waits for the next answer. */
async function ask(socket: Socket, pieces: readonly (string | Uint8Array)[]): Promise<string> {
  const answer = new Promise<string>((done) => socket.once("data", (bytes) => done(String(bytes))));
  for (const piece of pieces) {
    socket.write(piece);
    await sleep(2);
  }
  return answer;
}

it.each(MOMENTS)(
  "reads bodies of every size on one connection, asked for %s",
  async (_, moment) => {
    const bodies: Buffer[] = [];
    const socket = await serve(async (req, res) => {
      await moment();
      bodies.push(await readBody(req, LIMIT));
      res.end("read");
    });
    for (const size of [0, 1, 5_000, 16_384, 60_000, 65_536, 65_537, 300_000, LIMIT, 3]) {
      const body = bodyOf(size);
      const announced = headOf(`content-length: ${size}`);
      const cut = Math.floor(size / 3);
      const chunked = `${headOf("transfer-encoding: chunked")}${size ? `${size.toString(16)}\r\n` : ""}`;
      for (const pieces of [
        [Buffer.concat([Buffer.from(announced), body])],
        [announced, body],
        [announced, body.subarray(0, cut), body.subarray(cut)],
        [
          Buffer.concat([
            Buffer.from(chunked),
            body,
            Buffer.from(size ? "\r\n0\r\n\r\n" : "0\r\n\r\n"),
          ]),
        ],
      ]) {
        const answer = await ask(socket, pieces);
        expect(answer, `${size} in ${pieces.length}`).toMatch(/200 OK[\s\S]*keep-alive/);
        expect(
          bodies.splice(0).map((got) => got.equals(body)),
          `${size}`,
        ).toEqual([true]);
      }
    }
  },
);

it("gives each request memory of its own", async () => {
  const bodies: Buffer[] = [];
  const socket = await serve(async (req, res) => {
    bodies.push(await readBody(req, LIMIT));
    res.end("read");
  });
  for (const text of ["first", "other"]) await ask(socket, [headOf("content-length: 5") + text]);
  expect(bodies.map(String)).toEqual(["first", "other"]);
});

it("refuses a body that was announced or grows too large, whenever it is asked for", async () => {
  for (const [, moment] of MOMENTS) {
    for (const framing of ["content-length: 6", "transfer-encoding: chunked"]) {
      const socket = await serve(async (req, res) => {
        await moment();
        const failed = await readBody(req, 5).catch((error: AppError) => error.code);
        res.end(`failed: ${String(failed)}`);
      });
      const body = framing.startsWith("content") ? "sixsix" : "6\r\nsixsix\r\n0\r\n\r\n";
      expect(await ask(socket, [headOf(framing) + body])).toContain("failed: too_large");
    }
  }
});

it("tells of a caller who left, while it sent its body and before it was asked for it", async () => {
  for (const waitMs of [0, 60]) {
    const told: unknown[] = [];
    const socket = await serve(async (req) => {
      await sleep(waitMs);
      told.push(await readBody(req, LIMIT).catch((error: AppError) => error.code));
    });
    socket.write(`${headOf("content-length: 100")}half`);
    await sleep(20);
    socket.destroy();
    await sleep(100);
    expect(told).toEqual(["client_left"]);
  }
});
