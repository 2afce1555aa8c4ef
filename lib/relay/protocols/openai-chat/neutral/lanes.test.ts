import { expect, it } from "vitest";
import type { OpenBlock } from "../../../neutral-answer";
import { blockLanes } from "./lanes";

const TEXT: OpenBlock = { kind: "text" };
const call = (id: string): OpenBlock => ({ kind: "tool-call", id, name: "find" });
/** What the lanes hand out for pieces such as "a:{}", in few words. */
const told = (...pieces: string[]) => {
  const lanes = blockLanes();
  const events = pieces.flatMap((piece) => {
    const [key = "", text = ""] = piece.split("=");
    const block = key === "text" ? TEXT : call(key);
    return lanes.piece(key, block, text === "" ? [] : [{ kind: "delta", text }]);
  });
  return [...events, ...lanes.flush()]
    .map((event) => {
      if (event.kind === "open") return event.block.kind === "tool-call" ? event.block.id : "text";
      return event.kind === "delta" ? `"${event.text}"` : event.kind;
    })
    .join(" ");
};

it("closes a text for whatever comes next, and opens another one after that", () => {
  expect(told("text=Hi", "a={}", "text=Done")).toBe(
    'text "Hi" close a "{}" close text "Done" close',
  );
});

it("keeps a call open until its arguments are whole", () => {
  expect(told("a={", "b={}", "a=}")).toBe('a "{" "}" close b "{}" close');
  expect(told("a={}", "b={}", "a= ")).toBe('a "{}" close b "{}" close');
});

it("hands out all that waited at the end, in the order in which it began", () => {
  expect(told("a={", "b={", "c={}", "text=Hi", "b=}")).toBe(
    'a "{" close b "{" "}" close c "{}" close text "Hi" close',
  );
});

it("holds back what follows a call of which nothing came yet", () => {
  expect(told("a", "b={}", "a={}")).toBe('a "{}" close b "{}" close');
  expect(told()).toBe("");
});
