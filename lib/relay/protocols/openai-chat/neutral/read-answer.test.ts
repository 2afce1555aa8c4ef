import { expect, it } from "vitest";
import { encode } from "../../../stream/bytes";
import { chatTranslator } from "./translator";

const read = (message: object, finish_reason: string | null = "stop", more: object = {}) =>
  chatTranslator.readAnswer(
    encode(
      JSON.stringify({
        id: "chatcmpl-1",
        object: "chat.completion",
        model: "m-1",
        choices: [{ index: 0, message: { role: "assistant", ...message }, finish_reason }],
        ...more,
      }),
    ),
  );
const kinds = (message: object) => read(message).blocks.map(({ kind }) => kind);
const FIND = { id: "call_1", type: "function", function: { name: "find", arguments: "{}" } };

it("reads what a message holds in the order in which models say it", () => {
  const image_url = { url: "https://a.test/b.png" };
  const message = {
    content: "Hi",
    reasoning: "Hm.",
    images: [{ type: "image_url", image_url }, { type: "odd" }],
    tool_calls: [FIND],
  };
  const answer = read(message, "tool_calls", { usage: { prompt_tokens: 3, completion_tokens: 1 } });
  expect(answer).toMatchObject({
    id: "chatcmpl-1",
    model: "m-1",
    blocks: [
      { kind: "thinking", text: "Hm.", signature: null },
      { kind: "text", text: "Hi", citations: [] },
      { kind: "image", source: { kind: "url", url: "https://a.test/b.png" } },
      { kind: "tool-call", id: "call_1", name: "find", input: "{}" },
    ],
    finish: "tool-calls",
    usage: { input: 3, output: 1 },
  });
});

it("leaves out what is empty", () => {
  expect(kinds({ content: "", refusal: null, reasoning_content: "", tool_calls: [] })).toEqual([]);
  expect(kinds({ content: null, tool_calls: null })).toEqual([]);
});

it("reads citations of a text, and none without an address", () => {
  const url_citation = { url: "https://a.test", title: "A", start_index: 0, end_index: 2 };
  const annotations = [{ type: "url_citation", url_citation }, { type: "file_citation" }];
  const [text] = read({ content: "Hi", annotations }).blocks;
  expect(text).toMatchObject({
    citations: [{ url: "https://a.test", title: "A", start: 0, end: 2, citedText: null }],
  });
});

it("gives a call without an id one of its own", () => {
  const { id: _, ...nameless } = FIND;
  const { blocks } = read({ content: null, tool_calls: [nameless, nameless] });
  expect(blocks).toMatchObject([{ id: "call_1_0" }, { id: "call_1_1" }]);
});

it("reads calls of custom tools, and of the older form", () => {
  const custom = { id: "c", type: "custom", custom: { name: "patch", input: "*** Begin" } };
  const [call] = read({ content: null, tool_calls: [custom] }).blocks;
  expect(call).toMatchObject({ name: "patch", input: "*** Begin" });
  const older = read({ content: null, function_call: { name: "find", arguments: "{}" } }, "stop");
  expect(older).toMatchObject({ blocks: [{ name: "find" }], finish: "tool-calls" });
});

it("tells why an answer ended, by its words and by what it holds", () => {
  const finish = (reason: string | null, message: object = { content: "Hi" }) =>
    read(message, reason).finish;
  expect(finish("stop")).toBe("end");
  expect(finish("length")).toBe("length");
  expect(finish("content_filter")).toBe("refusal");
  expect(finish("stop", { content: null, refusal: "No." })).toBe("refusal");
  // Where a tool is chosen by name the model stops at once.
  expect(finish("stop", { content: null, tool_calls: [FIND] })).toBe("tool-calls");
  expect(finish("length", { content: null, tool_calls: [FIND] })).toBe("length");
  expect(finish(null)).toBe("end");
  expect(finish("eos")).toBe("end");
});

it("takes the first of several candidates", () => {
  const choice = (index: number, content: string) => ({
    index,
    message: { role: "assistant", content },
    finish_reason: "stop",
  });
  const answer = read({}, "stop", { choices: [choice(1, "B"), choice(0, "A")] });
  expect(answer.blocks).toMatchObject([{ text: "A" }]);
});

it("refuses what is no answer, with the upstream's words where it has some", () => {
  const none = (body: unknown) => () => chatTranslator.readAnswer(encode(JSON.stringify(body)));
  expect(none({})).toThrow(/no chat completion/);
  expect(none({ choices: [] })).toThrow(/no chat completion/);
  expect(none("Hello")).toThrow(/no chat completion/);
  expect(none({ error: { message: "Out of order." } })).toThrow(/Out of order/);
  const error = { message: "Half way." };
  expect(none({ choices: [{ index: 0, message: {}, error }] })).toThrow(/Half way/);
  expect(() => chatTranslator.readAnswer(encode("<html>"))).toThrow(/no chat completion/);
});

it("reads a count of tokens where a server states one", () => {
  expect(chatTranslator.readCount(encode('{"input_tokens":7}'))).toBe(7);
  expect(chatTranslator.readCount(encode("{}"))).toBeNull();
});
