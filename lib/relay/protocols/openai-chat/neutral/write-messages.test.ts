import { expect, it } from "vitest";
import type { Turn } from "../../../neutral";
import type { Block } from "../../../neutral-blocks";
import { decode } from "../../../stream/bytes";
import { neutralCall, textBlock, toolCall, toolResult, turn } from "../../../testing/neutral-call";
import { writeCall } from "./write-call";

const written = (turns: Turn[], more: object = {}) => {
  const call = neutralCall({ turns, ...more });
  const { body, losses } = writeCall(call, { model: "gpt-4.1", action: "generate" });
  return { messages: JSON.parse(decode(body)).messages, losses };
};
const roles = (turns: Turn[]) =>
  written(turns).messages.map(({ role, tool_call_id }: Record<string, string>) =>
    [role, tool_call_id].filter(Boolean).join(" "),
  );
const image: Block = {
  kind: "image",
  source: { kind: "data", mime: "image/png", base64: "AAAA" },
  detail: "high",
  cache: null,
};
const called = (id: string, name = "Read", args = '{"path":"a"}') => ({
  id,
  type: "function",
  function: { name, arguments: args },
});

it("joins the instructions into one message at the top", () => {
  const system = [textBlock("Be brief."), textBlock(""), textBlock("Be kind.")];
  expect(written([turn("user", "Hi")], { system }).messages).toEqual([
    { role: "system", content: "Be brief.\n\nBe kind." },
    { role: "user", content: "Hi" },
  ]);
});

it("puts results in a row behind their calls, and all else of the turn after them", () => {
  const { messages } = written([
    turn("user", "Go"),
    turn("assistant", "Well.", toolCall("a"), toolCall("b", "List", "")),
    turn("user", toolResult("b", "B", "B2"), "Now?", toolResult("a", "A")),
  ]);
  expect(messages).toEqual([
    { role: "user", content: "Go" },
    {
      role: "assistant",
      content: "Well.",
      tool_calls: [called("a"), called("b", "List", "{}")],
    },
    { role: "tool", tool_call_id: "a", content: "A" },
    { role: "tool", tool_call_id: "b", content: "B\nB2" },
    { role: "user", content: "Now?" },
  ]);
});

it("makes one message of the items of one answer, as Responses gives them", () => {
  const { messages } = written([
    turn("assistant", "Let me see."),
    turn("assistant", toolCall("a")),
    turn("assistant", toolCall("b")),
    turn("user", toolResult("a", "A")),
    turn("user", toolResult("b", "B")),
  ]);
  expect(messages).toMatchObject([
    { role: "assistant", content: "Let me see.", tool_calls: [{ id: "a" }, { id: "b" }] },
    { role: "tool", tool_call_id: "a" },
    { role: "tool", tool_call_id: "b" },
  ]);
});

it("moves what was said between a call and its result behind the result", () => {
  const turns = [
    turn("assistant", toolCall("a"), toolCall("b")),
    turn("system", "Careful."),
    turn("user", toolResult("a", "A")),
    turn("user", "By the way"),
    turn("user", toolResult("b", "B")),
    turn("system", "Later."),
  ];
  expect(roles(turns)).toEqual(["assistant", "tool a", "tool b", "system", "user", "system"]);
});

it("answers every call, once, and says a result without a call as a text", () => {
  const turns = [
    turn("assistant", toolCall("a")),
    turn("user", "Never mind."),
    turn("assistant", toolCall("a")),
    turn("user", toolResult("a", "A")),
    turn("user", toolResult("a", "Again")),
  ];
  // The same id came twice: the first call has the first result.
  expect(roles(turns)).toEqual(["assistant", "tool a", "user", "assistant", "tool a"]);
  const { messages } = written([turn("user", toolResult("lost", "Found")), ...turns.slice(0, 2)]);
  expect(messages[0]).toEqual({ role: "user", content: "Found" });
  expect(messages[2]).toEqual({ role: "tool", tool_call_id: "a", content: "" });
});

it("shows images of results, and of a model, in a user's message after the run", () => {
  const result: Block = {
    ...(toolResult("a", "See:") as Extract<Block, { kind: "tool-result" }>),
    content: [textBlock("See:"), image, { kind: "tool-reference", name: "Find" }],
  };
  const turns = [
    turn("assistant", image, toolCall("a"), toolCall("b")),
    turn("user", result, toolResult("b", "B")),
  ];
  const { messages, losses } = written(turns);
  const shown = { url: "data:image/png;base64,AAAA", detail: "high" };
  const part = { type: "image_url", image_url: shown };
  expect(messages.slice(1)).toEqual([
    {
      role: "tool",
      tool_call_id: "a",
      content: 'See:\n{"type":"tool_reference","tool_name":"Find"}',
    },
    { role: "tool", tool_call_id: "b", content: "B" },
    { role: "user", content: [part, part] },
  ]);
  expect(losses).toEqual([]);
});

it("writes documents as files or texts", () => {
  const document = (source: Extract<Block, { kind: "document" }>["source"]): Block => ({
    kind: "document",
    source,
    name: null,
    cache: null,
  });
  const { messages, losses } = written([
    turn(
      "user",
      document({ kind: "data", mime: "application/pdf", base64: "BBBB" }),
      document({ kind: "text", mime: "text/plain", text: "Hello" }),
      document({ kind: "data", mime: "text/csv", base64: "w6ks" }),
      document({ kind: "url", url: "https://a.test/a.pdf", mime: null }),
      document({ kind: "file", protocol: "anthropic", id: "file_1", mime: null }),
    ),
  ]);
  const file = { filename: "document.pdf", file_data: "data:application/pdf;base64,BBBB" };
  expect(messages[0].content).toEqual([
    { type: "file", file },
    { type: "text", text: "Hello" },
    { type: "text", text: "é," },
  ]);
  expect(losses).toEqual([
    { kind: "document-form", detail: "document of text" },
    { kind: "document-form", detail: "document by address" },
    { kind: "file-reference", detail: "document kept at anthropic" },
  ]);
});

it("drops thoughts and what provider-run tools did, and a message that was nothing else", () => {
  const thinking: Block = { kind: "thinking", text: "Hm.", signature: "s" };
  const search: Block = {
    kind: "hosted-call",
    tool: "web-search",
    id: "1",
    name: "web_search",
    input: "{}",
  };
  const { messages, losses } = written([
    turn("assistant", thinking),
    turn("user", ""),
    turn("assistant", search, "Found."),
    turn("assistant", "More."),
    turn("user", { ...textBlock("Hi"), cache: "5m" }),
  ]);
  expect(messages).toEqual([
    { role: "assistant", content: "Found.More." },
    { role: "user", content: "Hi" },
  ]);
  expect(losses.map(({ kind }) => kind).sort()).toEqual(["cache-hint", "hosted-tool", "thought"]);
});

it("wraps free text for models that know functions only", () => {
  const tools = [{ kind: "custom" as const, name: "patch", description: null, format: null }];
  const turns = [turn("assistant", toolCall("a", "patch", "*** Begin"), toolCall("b", "old", "x"))];
  const call = neutralCall({ turns, tools });
  const calls = (model: string) =>
    JSON.parse(decode(writeCall(call, { model, action: "generate" }).body)).messages[0].tool_calls;
  const wrapped = called("b", "old", '{"input":"x"}');
  expect(calls("gpt-4.1")).toEqual([called("a", "patch", '{"input":"*** Begin"}'), wrapped]);
  const custom = { id: "a", type: "custom", custom: { name: "patch", input: "*** Begin" } };
  expect(calls("gpt-5.2")).toEqual([custom, wrapped]);
});
