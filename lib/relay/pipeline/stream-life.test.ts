import { expect, it } from "vitest";
import { encode } from "../stream/bytes";
import { streamedMessage } from "../testing/anthropic-wire";
import {
  EVENT_STREAM,
  JSON_TYPE,
  POOL,
  play,
  playUntilSent,
  post,
  STREAMED,
} from "../testing/play";

const EVENTS = streamedMessage({ deltas: Array.from({ length: 10 }, () => "abcdefgh") });

/** Plays a stream whose caller leaves after it was sent so many events. */
async function leaveAfter(seen: number) {
  const request = post(STREAMED);
  const { told, sink } = await play(
    {
      pool: POOL,
      upstream({ handler }) {
        if (seen > 0) handler.onHead(200, EVENT_STREAM);
        for (const text of EVENTS.slice(0, seen)) handler.onData(encode(text));
        request.leave();
      },
    },
    request,
  );
  expect(told.dispatched[0]?.aborted).toBe(true);
  expect(told.settled).toHaveLength(1);
  expect(told.reports.filter(({ kind }) => kind === "failed")).toEqual([]);
  expect(sink.ended).toBe(seen === 0 ? "end" : "fail");
  expect(sink.status).toBe(seen === 0 ? 499 : 200);
  return { settled: told.settled[0], attempt: told.settled[0]?.attempts[0] };
}

it("cancels the upstream when the caller leaves, and bills input and what was delivered, once", async () => {
  for (let seen = 1; seen < EVENTS.length - 2; seen++) {
    const { settled, attempt } = await leaveAfter(seen);
    expect(settled).toMatchObject({ outcome: "left", failure: "client_left" });
    const delivered = Math.max(Math.min(seen - 3, 10), 0) * 2;
    const usage = { input: 100, cacheRead: 40, output: Math.max(delivered, 1) };
    expect(attempt, `after ${seen}`).toMatchObject({ estimated: true, usage });
  }
});

it("bills the input of a call that its caller leaves before the answer begins", async () => {
  const { settled, attempt } = await leaveAfter(0);
  const input = Math.ceil(JSON.stringify(STREAMED).length / 4);
  expect(settled).toMatchObject({ outcome: "left", status: 499 });
  expect(attempt).toMatchObject({ estimated: true, usage: { input, output: 0 } });
});

it("takes a caller who closes right after the last event for one who has its answer", async () => {
  const { settled, attempt } = await leaveAfter(EVENTS.length);
  expect(settled).toMatchObject({ outcome: "complete", status: 200 });
  expect(attempt).toMatchObject({ estimated: false, usage: { input: 100, output: 20 } });
});

it("keeps a silent stream alive and tells a later failure in-band", async () => {
  const { ports, sink, told, call, done } = await playUntilSent({ pool: POOL });
  ports.clock.advance(25_000);
  expect(sink.text()).toBe('event: ping\ndata: {"type": "ping"}\n\n'.repeat(2));
  call.handler.onHead(529, JSON_TYPE);
  call.handler.onEnd();
  await done;
  expect(sink.status).toBe(200);
  expect(sink.text()).toContain("event: error");
  expect(sink.ended).toBe("end");
  expect(told.dispatched).toHaveLength(1);
  expect(told.settled[0]).toMatchObject({ outcome: "cut", failure: "upstream_busy" });
  expect(ports.clock.pending()).toBe(0);
});

it("puts a keep-alive between frames only, however the frames are cut", async () => {
  const { ports, sink, call, done } = await playUntilSent({ pool: POOL });
  const wire = encode(EVENTS.join(""));
  call.handler.onHead(200, EVENT_STREAM);
  for (let i = 0; i < wire.length; i += 50) {
    call.handler.onData(wire.subarray(i, i + 50));
    ports.clock.advance(10_001);
  }
  call.handler.onEnd();
  await done;
  const ping = 'event: ping\ndata: {"type": "ping"}\n\n';
  expect(sink.text().split(ping).length).toBeGreaterThan(5);
  expect(sink.text().replaceAll(ping, "")).toBe(EVENTS.join(""));
});

it("pauses the upstream while the caller is full, and ends a caller who takes nothing", async () => {
  const { ports, sink, told, call, done } = await playUntilSent({ pool: POOL });
  const give = (index: number) => call.handler.onData(encode(EVENTS[index] ?? ""));
  call.handler.onHead(200, EVENT_STREAM);
  sink.full = true;
  expect(give(0)).toBe(false);
  sink.drain();
  expect(call.resumed).toBe(1);
  expect(give(1)).toBe(true);
  sink.full = true;
  expect(give(2)).toBe(false);
  ports.clock.advance(90_000);
  await done;
  expect(sink.ended).toBe("fail");
  expect(call.aborted).toBe(true);
  expect(told.settled[0]?.outcome).toBe("left");
  expect(ports.clock.pending()).toBe(0);
});

it("keeps check-points: when usage first appears, and every second", async () => {
  const { ports, told, call, done } = await playUntilSent({ pool: POOL });
  call.handler.onHead(200, EVENT_STREAM);
  for (const text of EVENTS) {
    call.handler.onData(encode(text));
    ports.clock.advance(900);
  }
  call.handler.onEnd();
  await done;
  expect(told.checkpoints).toHaveLength(8);
  expect(told.checkpoints[0]?.[0]).toMatchObject({ estimated: true, usage: { input: 100 } });
  expect(told.checkpoints.at(-1)?.[0]?.usage?.output).toBeGreaterThan(10);
});

it("ends a stream by name when one of its frames outgrows every bound", async () => {
  const { sink, told, call, done } = await playUntilSent({ pool: POOL });
  call.handler.onHead(200, EVENT_STREAM);
  call.handler.onData(encode(EVENTS[0] ?? ""));
  const megabyte = new Uint8Array(1 << 20).fill(0x61);
  for (let i = 0; i < 18 && !call.aborted; i++) call.handler.onData(megabyte);
  await done;
  expect(call.aborted).toBe(true);
  expect(sink.text().split("event: error")).toHaveLength(2);
  expect(told.settled[0]).toMatchObject({ outcome: "cut", failure: "upstream_broken" });
});

it.each([2, 1])("closes a last event that came without its last %i bytes", async (missing) => {
  const all = EVENTS.join("");
  const { told, sink } = await play(
    {
      pool: POOL,
      upstream({ handler }) {
        handler.onHead(200, EVENT_STREAM);
        handler.onData(encode(all.slice(0, -missing)));
        handler.onEnd();
      },
    },
    post(STREAMED),
  );
  expect(told.settled[0]).toMatchObject({ outcome: "complete", status: 200 });
  expect(sink.text()).toBe(all);
});
