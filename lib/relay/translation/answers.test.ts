import { expect, it } from "vitest";
import { NO_USAGE } from "../model";
import type { NeutralAnswer, NeutralEvent } from "../neutral-answer";
import { eventsOf, gatherAnswer } from "./answers";

const ANSWER: NeutralAnswer = {
  id: "a1",
  model: "m",
  blocks: [
    { kind: "thinking", text: "Hm.", signature: "sig" },
    {
      kind: "text",
      text: "Hi",
      citations: [{ url: "https://example.com", title: null, citedText: null, start: 0, end: 2 }],
      cache: null,
      signature: null,
    },
    { kind: "hosted-call", tool: "web-search", id: "h1", name: "web_search", input: "{}" },
    { kind: "tool-call", id: "c1", name: "Bash", input: '{"a":1}', signature: "s2", cache: null },
    { kind: "tool-call", id: "c2", name: "Bash", input: "", signature: null, cache: null },
  ],
  finish: "tool-calls",
  stopSequence: null,
  usage: { ...NO_USAGE, input: 1, output: 2 },
};

it("gathers from a stream the answer that it was made of", () => {
  expect(gatherAnswer(eventsOf(ANSWER))).toEqual(ANSWER);
});

it("closes each block before it opens the next, and tells usage before the end", () => {
  const kinds = eventsOf(ANSWER).map(({ kind }) => kind);
  let open = false;
  for (const kind of kinds) {
    if (kind === "open") expect(open).toBe(false);
    if (kind === "open" || kind === "close") open = kind === "open";
  }
  expect(kinds.slice(-2)).toEqual(["usage", "finish"]);
});

it("joins deltas, and keeps a block that nothing closed", () => {
  const events: NeutralEvent[] = [
    { kind: "start", id: null, model: null },
    { kind: "open", block: { kind: "text" } },
    { kind: "delta", text: "He" },
    { kind: "delta", text: "y" },
    { kind: "finish", reason: "end", stopSequence: null },
  ];
  expect(gatherAnswer(events).blocks).toMatchObject([{ kind: "text", text: "Hey" }]);
});

it("takes no answer for whole that has no end, or that failed", () => {
  const start: NeutralEvent = { kind: "start", id: null, model: null };
  expect(() => gatherAnswer([start])).toThrow(/no end/);
  const fail: NeutralEvent = { kind: "fail", status: 500, message: "Oh." };
  expect(() => gatherAnswer([start, fail])).toThrow("Oh.");
});
