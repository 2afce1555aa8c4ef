import { connect, type Socket } from "node:net";

const ANSWER_MS = 60_000;
const HEAD_END = Buffer.from("\r\n\r\n");
const LAST_CHUNK = "\r\n0\r\n\r\n";

/** Times of one answer, in ms after the request was written. */
export interface Timing {
  firstByteMs: number;
  endMs: number;
}

/** A keep-alive connection that sends whole requests and only looks for the end of each answer. */
export interface Connection {
  /** Rejects on any status but 200 and on a connection that breaks. */
  ask(request: Buffer): Promise<Timing>;
  close(): void;
}

/** Opens a raw connection on loopback. */
export async function openConnection(port: number): Promise<Connection> {
  const socket = connect(port, "127.0.0.1").setNoDelay(true);
  await new Promise<void>((done, fail) => socket.once("connect", done).once("error", fail));
  let current: Asked | null = null;
  socket.setTimeout(ANSWER_MS, () => socket.destroy(new Error("No answer in time.")));
  socket.on("data", (chunk) => current?.take(chunk));
  socket.on("error", (error) => current?.fail(error));
  socket.on("close", () => current?.fail(new Error("The connection was closed.")));
  return {
    ask(request) {
      return new Promise((done, fail) => {
        current = asked(socket, done, fail);
        socket.write(request);
      });
    },
    close: () => socket.destroy(),
  };
}

interface Asked {
  take(chunk: Buffer): void;
  fail(error: Error): void;
}

function asked(socket: Socket, done: (timing: Timing) => void, fail: Asked["fail"]): Asked {
  const begun = performance.now();
  const ended = answerEnd();
  let firstByteMs = -1;
  return {
    take(chunk) {
      if (firstByteMs < 0) firstByteMs = performance.now() - begun;
      try {
        if (ended(chunk)) done({ firstByteMs, endMs: performance.now() - begun });
      } catch (error) {
        socket.destroy(error as Error);
      }
    },
    fail,
  };
}

/** Tells which chunk of an answer is its last one. */
function answerEnd(): (chunk: Buffer) => boolean {
  let head: Buffer | null = Buffer.alloc(0);
  let missing = Number.NaN;
  let tail = "";
  return (chunk) => {
    let rest = chunk;
    if (head) {
      head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
      const end = head.indexOf(HEAD_END);
      if (end < 0) return false;
      missing = lengthOf(head.toString("latin1", 0, end));
      // The line end before a first chunk's size belongs to the head.
      rest = head.subarray(end + 2);
      missing += 2;
      head = null;
    }
    missing -= rest.length;
    if (!Number.isNaN(missing)) return missing <= 0;
    tail = (tail + rest.toString("latin1", Math.max(0, rest.length - LAST_CHUNK.length))).slice(
      -LAST_CHUNK.length,
    );
    return tail === LAST_CHUNK;
  };
}

/** The announced length of the body; NaN when it comes in chunks. */
function lengthOf(head: string): number {
  if (!head.startsWith("HTTP/1.1 200")) throw new Error(`Answered: ${head.split("\r\n", 1)[0]}`);
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  if (length !== undefined) return Number(length);
  if (!/^transfer-encoding: *chunked/im.test(head)) throw new Error("An answer without framing.");
  return Number.NaN;
}
