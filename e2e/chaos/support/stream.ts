import { type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http";
import type { ChaosCall } from "./call";
import { readTokens, sawEnd } from "./read-stream";

/** How a stream ended for its client. */
export type StreamEnd =
  /** HTTP ended as it must. */
  | "clean"
  /** The connection broke after the head. */
  | "cut"
  /** It broke, or was refused, before the head. */
  | "unanswered"
  /** This client hung up. */
  | "left";

/** What a client knows of one stream. */
export interface StreamLog {
  call: ChaosCall;
  startedAtMs: number;
  /** null until the head came. */
  status: number | null;
  headers: IncomingMessage["headers"];
  firstByteAtMs: number | null;
  bytes: number;
  end: StreamEnd | null;
  endedAtMs: number | null;
  /** When this client hung up. */
  leftAtMs: number | null;
  /** Was a connection made at all? */
  connected: boolean;
  body(): Buffer;
  /** Output tokens whose text arrived. */
  tokens(): number;
  /** Did the protocol's own last event arrive? */
  complete(): boolean;
}

export interface Stream {
  log: StreamLog;
  /** Resolves when it has ended, whichever way; never rejects. */
  ended: Promise<StreamLog>;
  /** Hangs up, like a client that is closed. */
  leave(): void;
}

export interface StreamOptions {
  /** Sends only so many bytes of the body, and waits. */
  uploadBytes?: number;
}

/** Opens one stream on a connection of its own. */
export function openStream(base: string, call: ChaosCall, options: StreamOptions = {}): Stream {
  const { hostname, port } = new URL(base);
  const headers = { ...call.headers, "content-length": String(call.body.length) };
  const req = httpRequest({
    hostname,
    port,
    method: "POST",
    path: call.path,
    headers,
    agent: false,
  });
  const { log, ended, finish } = follow(req, call);
  if (options.uploadBytes === undefined) req.end(call.body);
  else req.write(call.body.subarray(0, options.uploadBytes));
  return {
    log,
    ended,
    leave() {
      if (log.end !== null) return;
      log.leftAtMs = Date.now();
      finish("left");
      req.destroy();
    },
  };
}

function follow(req: ClientRequest, call: ChaosCall) {
  const chunks: Buffer[] = [];
  const log: StreamLog = {
    call,
    startedAtMs: Date.now(),
    status: null,
    headers: {},
    firstByteAtMs: null,
    bytes: 0,
    end: null,
    endedAtMs: null,
    leftAtMs: null,
    connected: false,
    body: () => Buffer.concat(chunks),
    tokens: () => readTokens(call.face, Buffer.concat(chunks)),
    complete: () => sawEnd(call.face, Buffer.concat(chunks)),
  };
  let resolve: (log: StreamLog) => void = () => {};
  const ended = new Promise<StreamLog>((done) => {
    resolve = done;
  });
  const finish = (end: StreamEnd) => {
    if (log.end !== null) return;
    log.end = end;
    log.endedAtMs = Date.now();
    resolve(log);
  };
  req.on("socket", (socket) => socket.once("connect", () => (log.connected = true)));
  req.on("error", () => finish(log.status === null ? "unanswered" : "cut"));
  req.on("close", () => finish(log.status === null ? "unanswered" : "cut"));
  req.on("response", (res) => {
    log.status = res.statusCode ?? 0;
    log.headers = res.headers;
    res.on("data", (chunk: Buffer) => {
      log.firstByteAtMs ??= Date.now();
      chunks.push(chunk);
      log.bytes += chunk.length;
    });
    res.on("end", () => finish(res.complete ? "clean" : "cut"));
    res.on("error", () => finish("cut"));
  });
  return { log, ended, finish };
}
