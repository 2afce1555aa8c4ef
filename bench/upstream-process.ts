import { createServer, type Socket } from "node:net";
import { googleEvents, googleJson } from "./google-answers";
import { type Answer, BURST_EVENTS, jsonAnswer, streamEvents } from "./messages";
import { serveParent } from "./serve-parent";

/**
 * The upstream of a measurement: raw sockets, answers made ahead, and as little work for each request
 * as there can be. Started by `fork`; a message says what it answers from then on. The address decides
 * between Anthropic's format and Google's.
 */
export interface UpstreamOrder {
  answer: Answer;
  events: number;
}

const PACE_MS = 20;
const STREAM_HEAD =
  "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ntransfer-encoding: chunked\r\n\r\n";
const LAST_CHUNK = Buffer.from("0\r\n\r\n");

type Reply = (socket: Socket) => void;

/** Google's answers hold the same pieces of text. */
let replies: { anthropic: Reply; google: Reply } = repliesTo({ answer: "burst", events: 0 });

const server = createServer((socket) => {
  socket.setNoDelay(true).on("error", () => socket.destroy());
  const completed = requestEnd();
  socket.on("data", (chunk) => {
    const format = completed(chunk);
    if (format) replies[format](socket);
  });
});
serveParent(server);

process.on("message", (order: UpstreamOrder) => {
  replies = repliesTo(order);
  process.send?.("ok");
});

function repliesTo({ answer, events }: UpstreamOrder): typeof replies {
  if (answer === "paced") {
    return { anthropic: paced(streamEvents(events)), google: paced(googleEvents(events)) };
  }
  if (answer === "json") {
    return { anthropic: wholly(json(jsonAnswer())), google: wholly(json(googleJson())) };
  }
  return {
    anthropic: wholly(burst(streamEvents(BURST_EVENTS))),
    google: wholly(burst(googleEvents(BURST_EVENTS))),
  };
}

/** The format of the request that a chunk completes; a client sends no further one before its answer. */
function requestEnd(): (chunk: Buffer) => keyof typeof replies | null {
  let head = "";
  let missing = 0;
  let format: keyof typeof replies = "anthropic";
  return (chunk) => {
    if (missing > 0) {
      missing -= chunk.length;
      return missing === 0 ? format : null;
    }
    const before = head.length;
    head += chunk.toString("latin1");
    const end = head.indexOf("\r\n\r\n");
    if (end < 0) return null;
    format = /^\S+ \S*enerateContent/.test(head) ? "google" : "anthropic";
    missing = bodyLength(head.slice(0, end)) - (before + chunk.length - end - 4);
    head = "";
    return missing === 0 ? format : null;
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
function burst(events: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from(STREAM_HEAD), framed(Buffer.concat(events)), LAST_CHUNK]);
}

function json(body: Buffer): Buffer {
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

function framed(bytes: Buffer): Buffer {
  const size = Buffer.from(`${bytes.length.toString(16)}\r\n`);
  return Buffer.concat([size, bytes, Buffer.from("\r\n")]);
}
