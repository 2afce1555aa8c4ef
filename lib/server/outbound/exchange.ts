import type { Dispatcher } from "undici";
import type { UpstreamExchange, UpstreamHandler, UpstreamRequest } from "../../relay/upstream-port";
import type { Clock } from "../../shared/clock";
import { AppError } from "../../shared/errors";
import { once } from "../../shared/once";
import { perObject } from "../../shared/per-object";
import { type Decoder, decoder, encodingOf } from "./decode";
import { nameFailure } from "./failure";
import { watchLimits } from "./limits";

/** No honest answer of a model is larger; a stream without end is cut here. */
const MAX_ANSWER_BYTES = 512 * 1024 * 1024;
const ABORTED = new Error("the portal aborted this call");

/** The flow of one answer's bytes to the handler, decoded where they came encoded. */
interface Flow {
  push(chunk: Buffer): void;
  end(): void;
  resume(): void;
  destroy(): void;
}

/**
 * Plays one call to an upstream: head, bytes with back-pressure, end, or one named failure. Nothing
 * is called back before this returns, nothing after the end, and `abort` closes the upstream's
 * connection at once.
 */
export function startExchange(
  pool: Dispatcher,
  request: UpstreamRequest,
  handler: UpstreamHandler,
  clock: Clock,
): UpstreamExchange {
  let controller: Dispatcher.DispatchController | null = null;
  let flow: Flow | null = null;
  let over = false;

  const close = (): boolean => {
    if (over) return false;
    over = true;
    watch.stop();
    return true;
  };
  const fail = (error: AppError) => {
    if (!close()) return;
    flow?.destroy();
    controller?.abort(error);
    handler.onError(error);
  };
  const finish = (last: Pick<UpstreamHandler, "onEnd">) => {
    if (close()) last.onEnd();
  };
  const watch = watchLimits(request.limits, clock, fail);

  const wire: Dispatcher.DispatchHandler = {
    onRequestStart(started) {
      controller = started;
      if (over) started.abort(ABORTED);
      else watch.sent();
    },
    onResponseStart(started, status, headers) {
      if (over || status < 200) return;
      watch.received();
      const head = flatten(headers);
      const refusal = refusedAnswer(status);
      if (refusal) return fail(refusal);
      const encoding = encodingOf(head["content-encoding"]);
      const ends = { finish, fail, watch };
      if (encoding) {
        // The head waits for the first decoded byte: data that cannot be decoded is a failure
        // before the first byte, and another account may be tried.
        const sendHead = once(() => handler.onHead(status, withoutEncoding(head)));
        flow = decodedFlow(encoding, started, headed(handler, sendHead), ends);
        return;
      }
      flow = plainFlow(started, handler, ends);
      handler.onHead(status, head);
    },
    onResponseData(_, chunk) {
      if (over) return;
      watch.received();
      flow?.push(chunk);
    },
    onResponseEnd() {
      if (!over) flow?.end();
    },
    onResponseError: (_, error) => fail(nameFailure(error)),
  };
  // undici reports what it refuses to send before `dispatch` returns; the caller must have its
  // exchange in hand by then.
  queueMicrotask(() => {
    if (!over) pool.dispatch(optionsOf(request), wire);
  });
  return {
    resume: () => flow?.resume(),
    abort() {
      if (!close()) return;
      flow?.destroy();
      controller?.abort(ABORTED);
    },
  };
}

function optionsOf({ url, method, headers, body }: UpstreamRequest): Dispatcher.DispatchOptions {
  return {
    path: pathOf(url),
    method,
    headers: isPlain(headers) ? headers : { ...headers, "accept-encoding": "identity" },
    body,
    headersTimeout: 0,
    bodyTimeout: 0,
  };
}

/** Providers give the same address for all their requests: taking it apart costs more than keeping it. */
const pathOf = perObject((url: URL) => `${url.pathname}${url.search}`);

const isPlain = (headers: UpstreamRequest["headers"]) => headers["accept-encoding"] === "identity";

/** The handler with its head sent before anything else. */
function headed(handler: UpstreamHandler, sendHead: () => void): UpstreamHandler {
  return {
    onHead: (status, headers) => handler.onHead(status, headers),
    onError: (error) => handler.onError(error),
    onData(chunk) {
      sendHead();
      return handler.onData(chunk);
    },
    onEnd() {
      sendHead();
      handler.onEnd();
    },
  };
}

interface Ends {
  finish(last: Pick<UpstreamHandler, "onEnd">): void;
  fail(error: AppError): void;
  watch: { paused(): void; resumed(): void };
}

function plainFlow(
  wire: Dispatcher.DispatchController,
  handler: UpstreamHandler,
  ends: Ends,
): Flow {
  let received = 0;
  return {
    push(chunk) {
      received += chunk.length;
      if (received > MAX_ANSWER_BYTES) return ends.fail(tooLarge());
      if (handler.onData(chunk)) return;
      wire.pause();
      ends.watch.paused();
    },
    end: () => ends.finish(handler),
    resume() {
      ends.watch.resumed();
      wire.resume();
    },
    destroy() {},
  };
}

function decodedFlow(
  encoding: string,
  wire: Dispatcher.DispatchController,
  handler: UpstreamHandler,
  ends: Ends,
): Flow {
  let received = 0;
  const sink = {
    data(chunk: Buffer) {
      received += chunk.length;
      if (received <= MAX_ANSWER_BYTES) return handler.onData(chunk);
      ends.fail(tooLarge());
      return false;
    },
    end: () => ends.finish(handler),
    fail: ends.fail,
  };
  const ready = () => {
    ends.watch.resumed();
    wire.resume();
  };
  const stream: Decoder = decoder(encoding, sink, ready);
  return {
    push(chunk) {
      if (stream.push(chunk)) return;
      wire.pause();
      ends.watch.paused();
    },
    end() {
      // All has arrived: what is left is to be decoded and taken.
      ends.watch.paused();
      stream.end();
    },
    resume: () => stream.resume(),
    destroy: () => stream.destroy(),
  };
}

const tooLarge = () => new AppError("upstream_broken", "The upstream's answer is too large.");

// A redirect would carry the account's key to wherever it points.
function refusedAnswer(status: number): AppError | null {
  if (status < 300 || status >= 400) return null;
  return new AppError("upstream_broken", "The upstream answered with a redirect.");
}

function flatten(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (name === "set-cookie" || value === undefined) continue;
    flat[name] = typeof value === "string" ? value : value.join(", ");
  }
  return flat;
}

function withoutEncoding(head: Record<string, string>): Record<string, string> {
  const { "content-encoding": _, "content-length": __, ...rest } = head;
  return rest;
}
