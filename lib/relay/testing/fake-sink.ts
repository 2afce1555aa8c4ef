import type { RelayRequest, RelaySink } from "../ports";
import { concat, decode, encode } from "../stream/bytes";

/** A sink that keeps everything, and that a test can stop and start. */
export interface FakeSink extends RelaySink {
  status: number | null;
  headers: Readonly<Record<string, string>>;
  writes: Uint8Array[];
  ended: "end" | "fail" | null;
  /** While true, writes answer false. */
  full: boolean;
  drain(): void;
  bytes(): Uint8Array;
  text(): string;
  json(): unknown;
}

/** Calls in a wrong order throw. */
export function fakeSink(): FakeSink {
  let waiting: (() => void)[] = [];
  const sink: FakeSink = {
    status: null,
    headers: {},
    writes: [],
    ended: null,
    full: false,
    head(status, headers) {
      if (sink.status !== null) throw new Error("a second head");
      sink.status = status;
      sink.headers = headers;
    },
    write(bytes) {
      if (sink.status === null || sink.ended) throw new Error("a write outside of the answer");
      sink.writes.push(bytes);
      return !sink.full;
    },
    onDrain: (fn) => void waiting.push(fn),
    end(last) {
      if (last) sink.write(last);
      finish("end");
    },
    fail: () => finish("fail"),
    drain() {
      const due = waiting;
      waiting = [];
      sink.full = false;
      for (const fn of due) fn();
    },
    bytes: () => concat(sink.writes),
    text: () => decode(sink.bytes()),
    json: () => JSON.parse(sink.text()),
  };
  const finish = (how: "end" | "fail") => {
    if (sink.ended) throw new Error("a second end");
    sink.ended = how;
  };
  return sink;
}

export interface FakeRequest extends RelayRequest {
  leave(): void;
}

/** A POST with a JSON body unless told otherwise. */
export function fakeRequest(
  path: string,
  body: unknown,
  changes: Partial<Pick<RelayRequest, "method" | "headers" | "query" | "ip" | "body">> = {},
): FakeRequest {
  let onLeave: (() => void) | null = null;
  return {
    method: "POST",
    path,
    query: new URLSearchParams(),
    headers: {},
    ip: "192.0.2.1",
    body: async () => (body instanceof Uint8Array ? body : encode(JSON.stringify(body))),
    onLeave(fn) {
      onLeave = fn;
      return () => {
        onLeave = null;
      };
    },
    leave: () => onLeave?.(),
    ...changes,
  };
}
