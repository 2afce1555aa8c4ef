import { expect, it } from "vitest";
import { planWrites } from "./fault-plan";
import type { Fault } from "./faults";
import { AT_ONCE, type Reply } from "./reply";

const REPLY: Reply = {
  status: 200,
  headers: {},
  events: ["aé: {1}\n\n", "b: {2}\n\n", "c: {3}\n\n"].map((text, index) => ({
    text,
    output: (index + 1) * 10,
    reasoning: 0,
  })),
  streamed: true,
  usage: null,
  pace: AT_ONCE,
  errorEvent: (status) => `error ${status}`,
};

function play(...faults: Fault[]) {
  const plan = planWrites(REPLY, faults);
  const text = Buffer.concat(plan.writes.map((write) => write.bytes)).toString("utf8");
  return { ...plan, text, output: plan.writes.at(-1)?.output ?? 0 };
}

it("leaves a reply without faults as it is", () => {
  expect(play()).toMatchObject({
    text: "aé: {1}\n\nb: {2}\n\nc: {3}\n\n",
    output: 30,
    ending: "end",
  });
});

it("cuts after any number of bytes, and counts no event that was cut", () => {
  const all = Buffer.from(play().text);
  for (let afterBytes = 0; afterBytes <= all.length; afterBytes++) {
    const { writes, output, ending } = play({ kind: "cut", form: "reset", afterBytes });
    const bytes = Buffer.concat(writes.map((write) => write.bytes));
    expect(bytes).toEqual(all.subarray(0, afterBytes));
    const whole = REPLY.events.filter((_, i) => endOf(i) <= afterBytes).length;
    expect([output, ending]).toEqual([whole * 10, "reset"]);
  }
});

function endOf(index: number): number {
  return Buffer.byteLength(
    REPLY.events
      .slice(0, index + 1)
      .map((event) => event.text)
      .join(""),
  );
}

it.each<[string, Fault, Partial<ReturnType<typeof play>>]>([
  ["silence", { kind: "silent-after", events: 1 }, { text: "aé: {1}\n\n", ending: "silence" }],
  ["an early end", { kind: "early-end", afterEvents: 2 }, { output: 20, ending: "end" }],
  ["half an event", { kind: "half-event", event: 1 }, { text: "aé: {1}\n\nb: {", ending: "fin" }],
  ["an error", { kind: "error-event", afterEvents: 1 }, { text: "aé: {1}\n\nerror 529" }],
  ["a FIN at once", { kind: "cut", form: "fin", at: "before-head" }, { cutBeforeHead: "fin" }],
  ["a late head", { kind: "delay-head", ms: 5 }, { headDelayMs: 5 }],
])("plans %s", (_name, fault, expected) => {
  expect(play(fault)).toMatchObject(expected);
});

it("plays several faults together", () => {
  const plan = play({ kind: "delay-events", ms: 9 }, { kind: "silent-after", events: 0 });
  expect(plan).toMatchObject({ eventDelayMs: 9, writes: [], ending: "silence" });
});

it("cuts a whole answer in its middle, however many events were to pass", () => {
  const whole = { ...REPLY, streamed: false, events: REPLY.events.slice(0, 1) };
  const plan = planWrites(whole, [{ kind: "cut", form: "reset", afterEvents: 3 }]);
  const bytes = Buffer.concat(plan.writes.map((write) => write.bytes));
  const full = Buffer.byteLength(whole.events[0]?.text ?? "");
  expect([bytes.length, plan.ending]).toEqual([Math.floor(full / 2), "reset"]);
});
