import type { RelayRequest, RelaySink } from "../../relay/ports";
import { AppError } from "../../shared/errors";
import { once } from "../../shared/once";
import type { PlayExchange } from "./node-adapter";
import { readTarget } from "./paths";

export interface WebDoor {
  play: PlayExchange;
  ipOf(headers: Headers): string;
  onBug(thrown: unknown): void;
}

/** Bytes that may wait for a slow caller before the core is told to wait. */
const HIGH_WATER_BYTES = 64 * 1024;

/**
 * The declared door: a Web Request in, a Web Response out, on the same core as the fast lane. The
 * promise resolves with the head; the body follows as the caller takes it.
 */
export function handleWebRequest(door: WebDoor, request: Request): Promise<Response> {
  return new Promise((resolve, reject) => {
    const leave = leaveSignal(request.signal);
    const sink = webSink(request.method, resolve, reject, leave.fire);
    door.play(relayRequest(door, request, leave.subscribe), sink).catch((thrown: unknown) => {
      door.onBug(thrown);
      sink.fail();
    });
  });
}

function relayRequest(
  door: WebDoor,
  request: Request,
  onLeave: RelayRequest["onLeave"],
): RelayRequest {
  const { pathname, search } = new URL(request.url);
  const { path, query } = readTarget(`${pathname}${search}`);
  return {
    method: request.method,
    path,
    query: new URLSearchParams(query),
    headers: Object.fromEntries(request.headers),
    ip: door.ipOf(request.headers),
    body: (maxBytes) => readBody(request, maxBytes),
    onLeave,
  };
}

async function readBody(request: Request, maxBytes: number): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const reader = request.body?.getReader();
  if (!reader) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(callerLeft);
    if (done) return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length);
    chunks.push(value);
    length += value.length;
    if (length <= maxBytes) continue;
    await reader.cancel().catch(() => {});
    throw tooLarge(maxBytes);
  }
}

function callerLeft(cause: unknown): never {
  throw new AppError("client_left", "The caller left before the request was complete.", {}, cause);
}

const tooLarge = (maxBytes: number) =>
  new AppError("too_large", `The request is larger than ${maxBytes} bytes.`);

/** One moment of leaving, whether Next aborts the request or the caller cancels the body. */
function leaveSignal(signal: AbortSignal) {
  const listeners = new Set<() => void>();
  const fire = once(() => {
    for (const listener of listeners) listener();
  });
  if (signal.aborted) queueMicrotask(fire);
  else signal.addEventListener("abort", fire, { once: true });
  return {
    fire,
    subscribe(fn: () => void) {
      listeners.add(fn);
      return () => void listeners.delete(fn);
    },
  };
}

function webSink(
  method: string,
  resolve: (response: Response) => void,
  reject: (error: Error) => void,
  leave: () => void,
): RelaySink {
  let drained = () => {};
  let over = false;
  const body = byteQueue({
    wanted: () => drained(),
    cancelled() {
      if (over) return;
      over = true;
      leave();
    },
  });
  const finish = (how: () => void) => {
    if (over) return;
    over = true;
    how();
  };
  return {
    head(status, headers) {
      const empty = method === "HEAD" || status === 204 || status === 304;
      resolve(new Response(empty ? null : body.stream, { status, headers }));
    },
    write: (bytes) => over || body.push(bytes),
    onDrain(fn) {
      drained = fn;
    },
    end: (last) =>
      finish(() => {
        if (last) body.push(last);
        body.close();
      }),
    fail: () =>
      finish(() => {
        const error = new Error("the answer was cut");
        body.cut(error);
        // Before the head there is no answer to cut: the caller's connection breaks instead.
        reject(error);
      }),
  };
}

/** What a cut waits for Next to hand the last bytes to the connection. */
const CUT_AFTER_MS = 20;
/** A caller that does not take the last bytes either is cut off after this. */
const CUT_AT_LAST_MS = 1_000;

/** A stream of bytes that is filled from outside. */
function byteQueue(hooks: { wanted(): void; cancelled(): void }) {
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  let cutWith: Error | null = null;
  const room = () => controller?.desiredSize ?? 0;
  // An error throws away what is queued; what was written before the cut still leaves.
  const cutAfter = (ms: number) => void setTimeout(() => controller?.error(cutWith), ms).unref();
  const cutWhenEmpty = () => {
    if (room() === HIGH_WATER_BYTES) cutAfter(CUT_AFTER_MS);
  };
  const stream = new ReadableStream<Uint8Array>(
    {
      start(started) {
        controller = started;
      },
      pull() {
        if (cutWith) cutWhenEmpty();
        else hooks.wanted();
      },
      cancel: () => hooks.cancelled(),
    },
    { highWaterMark: HIGH_WATER_BYTES, size: (chunk) => chunk?.byteLength ?? 0 },
  );
  return {
    stream,
    /** false when enough is queued. */
    push(bytes: Uint8Array): boolean {
      controller?.enqueue(bytes);
      return room() > 0;
    },
    close: () => controller?.close(),
    cut(error: Error): void {
      cutWith = error;
      cutAfter(CUT_AT_LAST_MS);
      cutWhenEmpty();
    },
  };
}
