import { expect, it } from "vitest";
import type { Turn } from "../../../neutral";
import { decode } from "../../../stream/bytes";
import { neutralCall, toolCall, toolResult, turn } from "../../../testing/neutral-call";
import { writeCall } from "./write-call";

/** Roles and what they say, one line a message: `#id` is a call, `=id` its result. */
function arranged(turns: Turn[], model = "claude-opus-5-5") {
  const { body } = writeCall(neutralCall({ turns }), { model, action: "generate" });
  const { messages, system = [] } = JSON.parse(decode(body));
  const lines = messages.map(
    ({ role, content }: { role: string; content: Record<string, string>[] }) =>
      `${role}: ${content.map(short).join(" ")}`,
  );
  return [...system.map(({ text }: { text: string }) => `top: ${text}`), ...lines];
}

function short(block: Record<string, string>): string | undefined {
  if (block.type === "tool_use") return `#${block.id}`;
  if (block.type === "tool_result") return `=${block.tool_use_id}${block.is_error ? "!" : ""}`;
  return block.text;
}

it("leaves an order that Anthropic accepts as it is", () => {
  const turns = [
    turn("user", "a"),
    turn("system", "note"),
    turn("assistant", "b", toolCall("1"), toolCall("2")),
    turn("user", toolResult("1"), toolResult("2"), "c"),
    turn("system", "note 2"),
  ];
  expect(arranged(turns)).toEqual([
    "user: a",
    "system: note",
    "assistant: b #1 #2",
    "user: =1 =2 c",
    "system: note 2",
  ]);
});

it("puts results first, in the order of their calls, right behind them", () => {
  const turns = [
    turn("user", "a"),
    turn("assistant", toolCall("1")),
    turn("assistant", toolCall("2")),
    turn("system", "note"),
    turn("user", "b", toolResult("2")),
    turn("user", toolResult("1"), "c"),
    turn("assistant", "d"),
    turn("user", "e"),
  ];
  expect(arranged(turns)).toEqual([
    "user: a",
    "assistant: #1",
    "assistant: #2",
    "user: =1 =2 b",
    "user: c",
    "system: note",
    "assistant: d",
    "user: e",
  ]);
});

it("finds a result that came late, and answers a call that was cut off", () => {
  const turns = [
    turn("user", "a"),
    turn("assistant", toolCall("1"), toolCall("2")),
    turn("assistant", "b"),
    turn("user", "c"),
    turn("assistant", "d"),
    turn("user", toolResult("1")),
  ];
  expect(arranged(turns)).toEqual([
    "user: a",
    "assistant: #1 #2",
    "assistant: b",
    "user: =1 =2! c",
    "assistant: d",
    "user: .",
  ]);
});

it("keeps the text of results that no call asked for", () => {
  expect(arranged([turn("user", toolResult("9", "found"), "go on")])).toEqual([
    "user: found go on",
  ]);
});

it("brings system messages where they may stand", () => {
  const turns = [
    turn("system", "first"),
    turn("user", "a"),
    turn("system", "b"),
    turn("system", "c"),
    turn("user", "d"),
    turn("assistant", "e"),
    turn("system", "f"),
    turn("assistant", "g"),
    turn("user", "h"),
  ];
  expect(arranged(turns)).toEqual([
    "top: first",
    "user: a",
    "user: d",
    "system: b c",
    "assistant: e",
    "user: f",
    "assistant: g",
    "user: h",
  ]);
});

it("gives older models their text from the user, at the same place", () => {
  const turns = [turn("user", "a"), turn("system", "b"), turn("user", "c")];
  for (const model of ["claude-sonnet-4-6", "claude-opus-4-1-20250805", "another-maker"]) {
    expect(arranged(turns, model)).toEqual(["user: a", "user: b", "user: c"]);
  }
});

it("begins and ends as the model wants it", () => {
  expect(arranged([])).toEqual(["user: ."]);
  expect(arranged([turn("assistant", "a")])).toEqual(["user: .", "assistant: a", "user: ."]);
  const begun = [turn("user", "a"), turn("assistant", "So, \n")];
  expect(arranged(begun, "claude-sonnet-4-5")).toEqual(["user: a", "assistant: So,"]);
  const blank = [turn("user", "a"), turn("assistant", " ")];
  expect(arranged(blank, "claude-sonnet-4-5")).toEqual(["user: a"]);
});
