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
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  let drained = () => {};
  let over = false;
  const body = new ReadableStream<Uint8Array>(
    {
      start(started) {
        controller = started;
      },
      pull: () => drained(),
      cancel() {
        if (over) return;
        over = true;
        leave();
      },
    },
    { highWaterMark: HIGH_WATER_BYTES, size: (chunk) => chunk?.byteLength ?? 0 },
  );
  return {
    head(status, headers) {
      const empty = method === "HEAD" || status === 204 || status === 304;
      resolve(new Response(empty ? null : body, { status, headers }));
    },
    write(bytes) {
      if (over) return true;
      controller?.enqueue(bytes);
      return (controller?.desiredSize ?? 0) > 0;
    },
    onDrain(fn) {
      drained = fn;
    },
    end() {
      if (over) return;
      over = true;
      controller?.close();
    },
    fail() {
      if (over) return;
      over = true;
      const error = new Error("the answer was cut");
      controller?.error(error);
      // Before the head there is no answer to cut: the caller's connection breaks instead.
      reject(error);
    },
  };
}
