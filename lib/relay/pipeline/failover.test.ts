import { expect, it } from "vitest";
import { decode, encode } from "../stream/bytes";
import { streamedBytes, streamedMessage, wholeMessage } from "../testing/anthropic-wire";
import { answering, inTurn } from "../testing/fake-ports";
import { EVENT_STREAM, JSON_TYPE, POOL, play, post, STREAMED } from "../testing/play";

const overloaded = answering(
  529,
  [encode('{"type":"error","error":{"type":"overloaded_error"}}')],
  JSON_TYPE,
);

it("goes on to another account before the first byte, and charges once", async () => {
  const upstream = inTurn(overloaded, answering(200, [wholeMessage()], JSON_TYPE));
  const { sink, told } = await play({ pool: POOL, upstream });
  expect(sink.status).toBe(200);
  expect(told.dispatched.map(({ request }) => request.accountId)).toEqual(["acc_a", "acc_b"]);
  expect(told.leased.map(({ accountId }) => accountId)).toEqual(["acc_b"]);
  expect(told.admitted).toHaveLength(1);
  const attempts = told.settled[0]?.attempts ?? [];
  expect(attempts.map(({ failure, chargeMicroUsd }) => [failure, chargeMicroUsd])).toEqual([
    ["upstream_busy", 0n],
    [null, 135n],
  ]);
  expect(attempts[1]?.decision.excluded).toEqual([{ accountId: "acc_a", reason: "tried" }]);
  expect(told.reports.map(({ kind }) => kind)).toEqual(["failed", "served"]);
});

it("tries at most three accounts and answers the last failure as it is", async () => {
  const { sink, told } = await play({ pool: POOL, upstream: overloaded });
  expect(told.dispatched).toHaveLength(3);
  expect(sink.status).toBe(529);
  expect(sink.json()).toMatchObject({ type: "error", error: { type: "overloaded_error" } });
  expect(told.settled[0]).toMatchObject({
    outcome: "failed",
    failure: "upstream_busy",
    status: 529,
  });
});

it("does not retry when the budget of retries is used up", async () => {
  const { told } = await play({
    pool: POOL,
    upstream: overloaded,
    ports: { mayRetry: () => false },
  });
  expect(told.dispatched).toHaveLength(1);
});

it("cuts a stream that dies by an error event of the protocol, never by a clean end", async () => {
  const events = streamedMessage();
  const wire = encode(events.join(""));
  // Without its closing brace the last event is none.
  const lastEvent = wire.length - 3;
  for (let i = encode(events[0] ?? "").length; i < lastEvent; i += 5) {
    const { sink, told } = await play(
      { pool: POOL, upstream: answering(200, [wire.subarray(0, i)], EVENT_STREAM) },
      post(STREAMED),
    );
    const [passed = "", failure = ""] = sink.text().split("event: error\n");
    expect(decode(wire).startsWith(passed)).toBe(true);
    expect(passed.endsWith("\n\n")).toBe(true);
    expect(JSON.parse(failure.replace("data: ", ""))).toMatchObject({
      error: { type: "api_error" },
    });
    expect(told.dispatched).toHaveLength(1);
    expect(told.settled[0]).toMatchObject({ outcome: "cut", failure: "upstream_broken" });
    expect(told.settled[0]?.attempts[0]).toMatchObject({ estimated: true, usage: { input: 100 } });
  }
});

it("asks another account when a stream dies before its first frame, and passes only the second", async () => {
  const wire = streamedBytes();
  const upstream = inTurn(
    answering(200, [wire.subarray(0, 20)], EVENT_STREAM),
    answering(200, [wire], EVENT_STREAM),
  );
  const { sink } = await play({ pool: POOL, upstream }, post(STREAMED));
  expect(sink.text()).toBe(decode(wire));
});

it("takes an error that a stream begins with for what it is: a status, and another account", async () => {
  const error = encode(
    'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"x"}}\n\n',
  );
  const alone = await play({ upstream: answering(200, [error], EVENT_STREAM) }, post(STREAMED));
  expect(alone.sink.status).toBe(529);
  const upstream = inTurn(
    answering(200, [error], EVENT_STREAM),
    answering(200, [streamedBytes()], EVENT_STREAM),
  );
  const { sink } = await play({ pool: POOL, upstream }, post(STREAMED));
  expect(sink.text()).toBe(decode(streamedBytes()));
});

it("moves to the account on which another process holds the session", async () => {
  const { told } = await play({
    pool: POOL,
    ticket: { stickyAccountId: "acc_c" },
    upstream: answering(200, [wholeMessage()], JSON_TYPE),
  });
  expect(told.admitted[0]?.sticky?.accountId).toBe("acc_a");
  expect(told.dispatched.map(({ request }) => request.accountId)).toEqual(["acc_c"]);
  expect(told.settled[0]?.attempts[0]?.decision.sticky).toBe("hit");
});

it("goes on when the account's own lease is refused, until one is free", async () => {
  const limited = POOL.map((account) => ({ ...account, maxConcurrency: 1 }));
  const { told } = await play({
    pool: limited,
    ticket: { accountFull: true },
    ports: { leaseAccount: async (_, { accountId }) => accountId === "acc_c" },
    upstream: answering(200, [wholeMessage()], JSON_TYPE),
  });
  expect(told.dispatched.map(({ request }) => request.accountId)).toEqual(["acc_c"]);
  expect(told.settled[0]?.accountLeaseIds).toEqual(["acc_c"]);
});

it("settles an admitted call for which no account is left", async () => {
  const limited = POOL.map((account) => ({ ...account, maxConcurrency: 1 }));
  const { sink, told } = await play({
    pool: limited,
    ticket: { accountFull: true },
    ports: { leaseAccount: async () => false },
  });
  expect(sink.status).toBe(429);
  expect(Number(sink.headers["retry-after"])).toBeGreaterThan(0);
  expect(told.settled).toMatchObject([{ outcome: "failed", failure: "no_account", attempts: [] }]);
});
