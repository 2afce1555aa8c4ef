import type { RelaySink } from "../ports";

/** The answer to the caller, guarded: one head, one end, nothing after it. */
export interface Reply {
  /** Has a head been sent? From then on a failure can only be told in-band. */
  begun(): boolean;
  over(): boolean;
  /** What the head, whichever it will be, says was removed of the call; null for nothing. */
  tellRemoved(removed: string | null): void;
  /** A streamed answer's head; only the first call counts. */
  begin(status: number, headers: Readonly<Record<string, string>>): void;
  /** false means: wait for `onDrain`. */
  write(bytes: Uint8Array): boolean;
  onDrain(fn: () => void): void;
  /** A whole answer at once; its length is added to the headers where they lack it. */
  whole(status: number, headers: Readonly<Record<string, string>>, body: Uint8Array | null): void;
  end(): void;
  fail(): void;
}

/** Tells the client what an upstream does not take and was not sent. */
const REMOVED_HEADER = "x-relay-removed";

/** Wraps a sink so that an answer is sent in order and ends once. */
export function replyTo(sink: RelaySink): Reply {
  let begun = false;
  let over = false;
  let removed: string | null = null;
  const head = (status: number, headers: Readonly<Record<string, string>>) => {
    begun = true;
    sink.head(status, removed === null ? headers : { ...headers, [REMOVED_HEADER]: removed });
  };
  const begin = (status: number, headers: Readonly<Record<string, string>>) => {
    if (!begun) head(status, headers);
  };
  const finish = (how: () => void) => {
    if (over) return;
    over = true;
    how();
  };
  return {
    begun: () => begun,
    over: () => over,
    tellRemoved(told) {
      removed = told;
    },
    begin,
    write: (bytes) => (over || bytes.length === 0 ? true : sink.write(bytes)),
    onDrain: (fn) => sink.onDrain(fn),
    whole(status, headers, body) {
      if (begun || over) return;
      over = true;
      const isSized = body === null || headers["content-length"] !== undefined;
      head(status, isSized ? headers : { ...headers, "content-length": `${body.length}` });
      if (body && body.length > 0) sink.end(body);
      else sink.end();
    },
    end: () => finish(() => sink.end()),
    fail: () => finish(() => sink.fail()),
  };
}
