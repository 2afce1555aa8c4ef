import { expect, it } from "vitest";
import { promptFaults } from "./prompt-faults";

function faults(text: string) {
  return promptFaults(Buffer.from(JSON.stringify({ messages: [{ content: text }] })));
}

it.each([
  ["status-503", { kind: "status", status: 503 }],
  ["status-429-7", { kind: "status", status: 429, retryAfterSeconds: 7 }],
  ["error-event-4", { kind: "error-event", afterEvents: 4 }],
  ["error-event-4-500", { kind: "error-event", afterEvents: 4, status: 500 }],
  ["cut-reset-2", { kind: "cut", form: "reset", afterEvents: 2 }],
  ["cut-fin-2", { kind: "cut", form: "fin", afterEvents: 2 }],
  ["early-end-3", { kind: "early-end", afterEvents: 3 }],
  ["half-event-0", { kind: "half-event", event: 0 }],
  ["malformed-json-1", { kind: "malformed-json", event: 1 }],
  ["silent-5", { kind: "silent-after", events: 5 }],
  ["delay-head-20", { kind: "delay-head", ms: 20 }],
])("reads %s", (marker, fault) => {
  expect(faults(`Hi [[fault:${marker}]] there`)).toEqual([fault]);
});

it("plays several, and nothing that it does not know", () => {
  expect(faults("[[fault:silent-1]][[fault:delay-head-2]]")).toHaveLength(2);
  expect(faults("[[fault:earthquake-9]] [[tokens:3]]")).toEqual([]);
  expect(promptFaults(Buffer.alloc(0))).toEqual([]);
});
