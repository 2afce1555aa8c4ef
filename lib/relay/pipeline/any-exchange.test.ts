import fc from "fast-check";
import { expect, it } from "vitest";
import { AppError, FAILURES } from "../../shared/errors";
import { decode, encode } from "../stream/bytes";
import { event, streamedBytes } from "../testing/anthropic-wire";
import { cutAt } from "../testing/cuts";
import type { Dispatched } from "../testing/fake-ports";
import { EVENT_STREAM, JSON_TYPE, POOL, playUntilSent, post, STREAMED } from "../testing/play";

/** One thing that happens while an exchange runs. */
type Happening =
  | { kind: "chunks"; count: number }
  | { kind: "wait"; ms: number }
  | { kind: "full" }
  | { kind: "drain" }
  | { kind: "leave" }
  | { kind: "end" }
  | { kind: "error"; code: "upstream_broken" | "upstream_silent" }
  | { kind: "head"; status: number };

const happenings: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("chunks" as const),
      count: fc.integer({ min: 1, max: 6 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("wait" as const),
      ms: fc.constantFrom(500, 9_000, 30_000),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "full" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "drain" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "leave" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "end" as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("error" as const),
      code: fc.constantFrom("upstream_broken" as const, "upstream_silent" as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("head" as const),
      status: fc.constantFrom(200, 200, 200, 429, 500, 400),
    }),
  },
);

const WIRE = streamedBytes({ model: "gemini-3", deltas: ["Hé", "llo ✓ wörld", "!"] });
/** What the caller must see of it: the model's name is the asked one. */
const SHOWN = decode(streamedBytes({ deltas: ["Hé", "llo ✓ wörld", "!"] }));
const PING = event("ping").replace('{"type":"ping"}', '{"type": "ping"}');
const MAPPED = POOL.map((account) => ({
  ...account,
  modelMap: { entries: [{ from: "*", to: "gemini-3" }] },
}));

/** An upstream that keeps to the contract of `dispatch`: a head first, one end, nothing after it. */
function upstreamOf(call: Dispatched, chunks: readonly Uint8Array[]) {
  let next = 0;
  let state: "waiting" | "open" | "over" = "waiting";
  const live = () => state !== "over" && !call.aborted;
  return {
    head(status: number) {
      if (!live() || state === "open") return;
      state = "open";
      call.handler.onHead(status, status === 200 ? EVENT_STREAM : JSON_TYPE);
    },
    chunks(count: number) {
      for (let i = 0; i < count && live() && state === "open" && next < chunks.length; i++) {
        call.handler.onData(chunks[next++] ?? encode(""));
      }
    },
    end(code: "upstream_broken" | "upstream_silent" | null) {
      if (!live()) return;
      const early = state === "waiting";
      state = "over";
      if (code || early) call.handler.onError(new AppError(code ?? "upstream_broken", "x"));
      else call.handler.onEnd();
    },
  };
}

async function settleDown() {
  for (let i = 0; i < 60; i++) await Promise.resolve();
}

/** Plays happenings in order, then lets every upstream that is still asked end well. */
async function playAll(list: readonly Happening[], cuts: readonly number[]) {
  const request = post(STREAMED);
  const started = await playUntilSent({ pool: MAPPED }, request);
  const { ports, sink, told } = started;
  const upstreams = new Map<Dispatched, ReturnType<typeof upstreamOf>>();
  const current = () => {
    const call = told.dispatched.at(-1) ?? started.call;
    const known = upstreams.get(call) ?? upstreamOf(call, cutAt(WIRE, cuts));
    upstreams.set(call, known);
    return known;
  };
  const act: { [K in Happening["kind"]]: (h: Extract<Happening, { kind: K }>) => void } = {
    chunks: ({ count }) => current().chunks(count),
    wait: ({ ms }) => ports.clock.advance(ms),
    full: () => {
      sink.full = true;
    },
    drain: () => sink.drain(),
    leave: () => request.leave(),
    end: () => current().end(null),
    error: ({ code }) => current().end(code),
    head: ({ status }) => current().head(status),
  };
  for (const happening of list) {
    (act[happening.kind] as (h: Happening) => void)(happening);
    await settleDown();
  }
  for (let i = 0; i < 5; i++) {
    current().head(200);
    current().chunks(Number.POSITIVE_INFINITY);
    current().end(null);
    await settleDown();
  }
  await started.done;
  return started;
}

const lists = fc.array(happenings, { maxLength: 14 });
/** Anywhere, and in the line ends of the last event, where an answer is complete but not closed. */
const cuts = fc.array(
  fc.oneof(fc.nat(WIRE.length), fc.integer({ min: WIRE.length - 3, max: WIRE.length })),
  { maxLength: 12 },
);

it("keeps every promise of an exchange, whatever happens in whatever order", async () => {
  await fc.assert(
    fc.asyncProperty(lists, cuts, async (list, places) => {
      const { ports, sink, told } = await playAll(list, places);
      // Booked once, and nothing is left running.
      expect(told.settled).toHaveLength(1);
      expect(told.refused).toHaveLength(0);
      expect(ports.clock.pending()).toBe(0);
      const [settled] = told.settled;
      const attempts = settled?.attempts ?? [];
      expect(attempts).toHaveLength(told.dispatched.length);
      expect(attempts.length).toBeLessThanOrEqual(3);
      // One head, one end: the fake sink throws at a second.
      expect(sink.ended).not.toBeNull();
      // What the caller got is the beginning of the answer, in whole frames, or a failure.
      if (sink.status !== 200) return;
      const [passed = "", ...failures] = sink.text().replaceAll(PING, "").split("event: error\n");
      expect(SHOWN.startsWith(passed)).toBe(true);
      expect(passed === "" || passed.endsWith("\n\n")).toBe(true);
      expect(failures.length).toBe(settled?.outcome === "cut" ? 1 : 0);
      if (settled?.outcome === "complete") expect(passed).toBe(SHOWN);
    }),
    { numRuns: 1500 },
  );
}, 120_000);

it("charges at most one attempt, and never repeats one after the first byte", async () => {
  await fc.assert(
    fc.asyncProperty(lists, cuts, async (list, places) => {
      const { told } = await playAll(list, places);
      const attempts = told.settled[0]?.attempts ?? [];
      const charged = attempts.filter(({ chargeMicroUsd }) => chargeMicroUsd > 0n);
      expect(charged.length).toBeLessThanOrEqual(1);
      expect(attempts.indexOf(charged[0] ?? attempts[0] ?? fail())).toBeGreaterThanOrEqual(
        charged.length > 0 ? attempts.length - 1 : 0,
      );
      for (const { failure } of attempts.slice(0, -1)) {
        expect(failure && FAILURES[failure].failover).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
}, 120_000);

function fail(): never {
  throw new Error("An exchange that was sent has an attempt.");
}

it("cancels every upstream that did not end by itself", async () => {
  await fc.assert(
    fc.asyncProperty(lists, async (list) => {
      const withoutEnds = list.filter(({ kind }) => !["end", "error", "head"].includes(kind));
      const { told } = await playAll(
        [{ kind: "head", status: 200 }, ...withoutEnds, { kind: "leave" }],
        [],
      );
      const [settled] = told.settled;
      if (settled?.outcome === "left") expect(told.dispatched.at(-1)?.aborted).toBe(true);
    }),
    { numRuns: 300 },
  );
}, 120_000);
