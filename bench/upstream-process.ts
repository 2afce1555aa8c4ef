import { createServer, type Socket } from "node:net";
import { type Answer, BURST_EVENTS, jsonAnswer, streamEvents } from "./messages";
import { serveParent } from "./serve-parent";

/**
 * The upstream of a measurement: raw sockets, answers made ahead, and as little work for each request
 * as there can be. Started by `fork`; a message says what it answers from then on.
 */
export interface UpstreamOrder {
  answer: Answer;
  events: number;
}

const PACE_MS = 20;
const STREAM_HEAD =
  "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ntransfer-encoding: chunked\r\n\r\n";
const LAST_CHUNK = Buffer.from("0\r\n\r\n");

let reply: (socket: Socket) => void = wholly(burst());

const server = createServer((socket) => {
  socket.setNoDelay(true).on("error", () => socket.destroy());
  const completes = requestEnd();
  socket.on("data", (chunk) => {
    if (completes(chunk)) reply(socket);
  });
});
serveParent(server);

process.on("message", ({ answer, events }: UpstreamOrder) => {
  if (answer === "paced") reply = paced(streamEvents(events));
  else reply = wholly(answer === "json" ? json() : burst());
  process.send?.("ok");
});

/** Tells which chunk completes a request; a client sends no further one before its answer. */
function requestEnd(): (chunk: Buffer) => boolean {
  let head = "";
  let missing = 0;
  return (chunk) => {
    if (missing > 0) {
      missing -= chunk.length;
      return missing === 0;
    }
    const before = head.length;
    head += chunk.toString("latin1");
    const end = head.indexOf("\r\n\r\n");
    if (end < 0) return false;
    missing = bodyLength(head.slice(0, end)) - (before + chunk.length - end - 4);
    head = "";
    return missing === 0;
  };
}

function bodyLength(head: string): number {
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  if (length === undefined) throw new Error("A relay announced no length of its request.");
  return Number(length);
}

function wholly(bytes: Buffer): (socket: Socket) => void {
  return (socket) => socket.write(bytes);
}

function paced(events: readonly Buffer[]): (socket: Socket) => void {
  const chunks = events.map(framed);
  const first = Buffer.concat([Buffer.from(STREAM_HEAD), chunks[0] ?? LAST_CHUNK]);
  return (socket) => {
    let at = 1;
    socket.write(first);
    const timer = setInterval(() => {
      const chunk = chunks[at++];
      socket.write(chunk ?? LAST_CHUNK);
      if (!chunk || socket.destroyed) clearInterval(timer);
    }, PACE_MS);
  };
}

/** All events as one chunk, in one write. */
function burst(): Buffer {
  const events = Buffer.concat(streamEvents(BURST_EVENTS));
  return Buffer.concat([Buffer.from(STREAM_HEAD), framed(events), LAST_CHUNK]);
}

function json(): Buffer {
  const body = jsonAnswer();
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

function framed(bytes: Buffer): Buffer {
  const size = Buffer.from(`${bytes.length.toString(16)}\r\n`);
  return Buffer.concat([size, bytes, Buffer.from("\r\n")]);
}
