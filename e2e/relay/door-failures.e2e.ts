import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Fault } from "../../lib/testing/upstream/faults";
import { comparable, type Doors, gemini, messages, startDoors } from "./support/doors";
import { type RawAnswer, type RawCall, rawCall } from "./support/raw-call";

let doors: Doors;

beforeAll(async () => {
  doors = await startDoors();
});
afterAll(() => doors?.stop());
beforeEach(() => doors.upstream.faults.clear());

const ANYWHERE: [string, Fault][] = [
  ["400", { kind: "status", status: 400 }],
  ["401", { kind: "status", status: 401 }],
  ["404", { kind: "status", status: 404 }],
  ["413", { kind: "status", status: 413 }],
  ["429 with retry-after", { kind: "status", status: 429, retryAfterSeconds: 1 }],
  ["500", { kind: "status", status: 500 }],
  ["529", { kind: "status", status: 529 }],
  ["a reset before the head", { kind: "cut", form: "reset", at: "before-head" }],
  ["silence before the head", { kind: "delay-head", ms: 60_000 }],
  ["compression nobody asked for", { kind: "gzip" }],
];
const IN_STREAMS: [string, Fault][] = [
  ["a reset in the middle", { kind: "cut", form: "reset", afterEvents: 3 }],
  ["an end in the middle", { kind: "cut", form: "fin", afterEvents: 3 }],
  ["half an event", { kind: "half-event", event: 3 }],
  ["an early end", { kind: "early-end", afterEvents: 3 }],
  ["an error event", { kind: "error-event", afterEvents: 3 }],
  ["silence in the middle", { kind: "silent-after", events: 3 }],
];

/** Failures teach about the account: each door meets it as new. */
async function answerAt(base: string, fault: Fault, call: RawCall): Promise<RawAnswer> {
  await doors.resetAccounts();
  doors.upstream.faults.clear();
  doors.upstream.faults.add({ faults: [fault] });
  return rawCall(base, call);
}

async function expectSame(fault: Fault, calls: readonly RawCall[]): Promise<void> {
  for (const call of calls) {
    const atFast = await answerAt(doors.fast, fault, call);
    const atWeb = await answerAt(doors.web, fault, call);
    expect(comparable(atWeb), call.path).toEqual(comparable(atFast));
  }
}

const streamed = () => [
  messages(doors.key, { stream: true }),
  gemini(doors.key, "streamGenerateContent", {}, { query: "?alt=sse" }),
  gemini(doors.key, "streamGenerateContent", {}),
];
const whole = () => [messages(doors.key, {}), gemini(doors.key, "generateContent", {})];

it.each(ANYWHERE)("tells of %s the same, streamed and whole", (_, fault) =>
  expectSame(fault, [...whole(), ...streamed()]),
);

it.each(IN_STREAMS)("tells of %s the same, in a stream", (_, fault) =>
  expectSame(fault, streamed()),
);
