import { expect, it } from "vitest";
import type { NeutralCall } from "../../../neutral";
import { decode, encode } from "../../../stream/bytes";
import { openaiChat } from "../index";
import { chatTranslator } from "./translator";

const read = (given: object): NeutralCall => {
  const body = encode(JSON.stringify({ model: "gpt-5.5", messages: [], ...given }));
  const facts = openaiChat.readCall({
    route: {
      face: "openai-chat",
      protocol: "openai-chat",
      action: "generate",
      model: null,
      method: "",
    },
    headers: {},
    query: new URLSearchParams(),
    body,
    sha256: String,
  });
  return chatTranslator.readCall(body, facts);
};
const again = (given: object) => {
  const call = read(given);
  return JSON.parse(
    decode(chatTranslator.writeCall(call, { model: call.model, action: "generate" }).body),
  );
};
const user = (content: unknown, more: object = {}) => ({ role: "user", content, ...more });

it("reads leading instructions apart from those in the middle", () => {
  const { system, turns } = read({
    messages: [
      { role: "system", content: "Be brief." },
      { role: "developer", content: [{ type: "text", text: "Be kind." }] },
      user("Hi"),
      { role: "developer", content: "Be quick." },
    ],
  });
  expect(system.map(({ text }) => text)).toEqual(["Be brief.", "Be kind."]);
  expect(turns.map(({ role }) => role)).toEqual(["user", "system"]);
});

it("reads the parts of a message", () => {
  const parts = [
    { type: "text", text: "Look", cache_control: { type: "ephemeral", ttl: "1h" } },
    { type: "image_url", image_url: { url: "data:image/png;base64,AAAA", detail: "low" } },
    { type: "image_url", image_url: { url: "https://a.test/b.png" } },
    { type: "file", file: { filename: "a.pdf", file_data: "data:application/pdf;base64,BBBB" } },
    { type: "file", file: { file_data: "CCCC" } },
    { type: "file", file: { file_id: "file-1" } },
    { type: "input_audio", input_audio: { data: "DDDD", format: "wav" } },
    { type: "image_url" },
  ];
  const [turn] = read({ messages: [user(parts)] }).turns;
  expect(turn?.blocks).toMatchObject([
    { kind: "text", text: "Look", cache: "1h" },
    { kind: "image", source: { kind: "data", mime: "image/png", base64: "AAAA" }, detail: "low" },
    { kind: "image", source: { kind: "url", url: "https://a.test/b.png" }, detail: null },
    { kind: "document", source: { mime: "application/pdf", base64: "BBBB" }, name: "a.pdf" },
    { kind: "document", source: { mime: "application/pdf", base64: "CCCC" } },
    { kind: "document", source: { kind: "file", protocol: "openai-chat", id: "file-1" } },
    { kind: "other", name: "input_audio" },
    { kind: "other", name: "image_url" },
  ]);
});

const CALLED = {
  role: "assistant",
  content: null,
  reasoning_content: "Hm.",
  tool_calls: [
    { id: "call_1", type: "function", function: { name: "find", arguments: '{"q":1}' } },
    { id: "call_2", type: "custom", custom: { name: "patch", input: "*** Begin" } },
  ],
};

it("reads a model's turn and the results of its calls by name", () => {
  const { turns } = read({
    messages: [
      user("Go"),
      CALLED,
      { role: "tool", tool_call_id: "call_1", content: "found" },
      { role: "tool", tool_call_id: "call_2", content: [{ type: "text", text: "done" }] },
      { role: "assistant", content: "", refusal: "No more." },
    ],
  });
  expect(turns.slice(1)).toMatchObject([
    {
      role: "assistant",
      blocks: [
        { kind: "thinking", text: "Hm.", signature: null },
        { kind: "tool-call", id: "call_1", name: "find", input: '{"q":1}' },
        { kind: "tool-call", id: "call_2", name: "patch", input: "*** Begin" },
      ],
    },
    { role: "user", blocks: [{ kind: "tool-result", callId: "call_1", name: "find" }] },
    { role: "user", blocks: [{ callId: "call_2", name: "patch", content: [{ text: "done" }] }] },
    { role: "assistant", blocks: [{ kind: "text", text: "No more." }] },
  ]);
});

it("reads the older form of functions", () => {
  const { turns, tools, toolChoice } = read({
    functions: [{ name: "find", parameters: { type: "object" } }],
    function_call: { name: "find" },
    messages: [
      user("Go"),
      { role: "assistant", content: null, function_call: { name: "find", arguments: "{}" } },
      { role: "function", name: "find", content: "found" },
    ],
  });
  expect(tools).toMatchObject([{ kind: "function", name: "find", schema: { type: "object" } }]);
  expect(toolChoice).toEqual({ kind: "tool", name: "find", namespace: null });
  expect(turns[1]?.blocks).toMatchObject([{ kind: "tool-call", id: "call_1_0", name: "find" }]);
  expect(turns[2]?.blocks).toMatchObject([{ callId: "call_1_0", name: "find" }]);
});

it("reads tools and choices of every form", () => {
  const grammar = { syntax: "lark", definition: "start: /a/" };
  const { tools } = read({
    tools: [
      { type: "function", function: { name: "find", strict: true, parameters: {} } },
      { type: "custom", custom: { name: "patch", format: { type: "grammar", grammar } } },
      { type: "web_search", engine: "x" },
    ],
    web_search_options: {
      search_context_size: "low",
      user_location: { type: "approximate", approximate: { city: "Bonn" } },
    },
  });
  expect(tools).toMatchObject([
    { kind: "function", name: "find", strict: true },
    { kind: "custom", name: "patch", format: { type: "grammar", ...grammar } },
    { kind: "hosted", tool: "web-search", name: "web_search" },
    { kind: "hosted", name: "web_search_options", location: { city: "Bonn", region: null } },
  ]);
  const choice = (tool_choice: unknown) => read({ tool_choice }).toolChoice;
  expect(choice("none")).toEqual({ kind: "none" });
  expect(choice("required")).toEqual({ kind: "any" });
  const named = { kind: "tool", name: "find", namespace: null };
  expect(choice({ type: "function", function: { name: "find" } })).toEqual(named);
  expect(choice({ type: "custom", custom: { name: "find" } })).toEqual(named);
  const list = [{ type: "function", function: { name: "find" } }];
  expect(
    choice({ type: "allowed_tools", allowed_tools: { mode: "required", tools: list } }),
  ).toEqual({ kind: "allowed", mode: "any", names: ["find"] });
});

it("reads how the model is to answer", () => {
  const call = read({
    stream: true,
    max_tokens: 5,
    max_completion_tokens: 6,
    temperature: 0.5,
    top_k: 3,
    seed: 7,
    stop: "END",
    n: 2,
    logprobs: true,
    top_logprobs: 4,
    reasoning_effort: "xhigh",
    verbosity: "low",
    parallel_tool_calls: false,
    user: "u",
    metadata: { a: "b" },
    response_format: { type: "json_schema", json_schema: { name: "x", schema: {}, strict: true } },
  });
  expect(call).toMatchObject({
    stream: true,
    includeUsage: false,
    maxOutputTokens: 6,
    sampling: { temperature: 0.5, topK: 3, seed: 7, topP: null },
    stop: ["END"],
    candidates: 2,
    logprobs: { top: 4 },
    reasoning: { enabled: null, effort: "xhigh" },
    verbosity: "low",
    parallelTools: false,
    endUser: "u",
    output: { kind: "schema", name: "x", strict: true },
    extra: { fields: { metadata: { a: "b" } } },
  });
  expect(read({ stream: true, stream_options: { include_usage: true } }).includeUsage).toBe(true);
  expect(read({}).includeUsage).toBeNull();
});

it("reads the ways in which others state reasoning", () => {
  const reasoning = (given: object) => read(given).reasoning;
  expect(reasoning({ reasoning_effort: "none" })).toMatchObject({ enabled: false });
  expect(reasoning({ reasoning: { max_tokens: 2000, exclude: true } })).toMatchObject({
    budgetTokens: 2000,
    show: false,
  });
  expect(reasoning({ thinking: { type: "disabled" } })).toMatchObject({ enabled: false });
  expect(reasoning({})).toBeNull();
});

it("names the field that is none", () => {
  expect(() => read({ messages: "Hi" })).toThrow(/messages: /);
  expect(() => read({ messages: [user("Hi"), { role: "robot" }] })).toThrow(/messages\[1\]\.role/);
  expect(() => read({ messages: [{ role: "tool", content: "x" }] })).toThrow(
    /messages\[0\]\.tool_call_id/,
  );
});

it("writes back what it read", () => {
  const messages = [
    { role: "system", content: "Be brief." },
    user([{ type: "text", text: "Go" }], { name: "ann" }),
    { role: "developer", content: "Be quick." },
    CALLED,
    { role: "tool", tool_call_id: "call_1", content: "found" },
    { role: "tool", tool_call_id: "call_2", content: "done" },
    user([{ type: "input_audio", input_audio: { data: "DDDD", format: "wav" } }]),
  ];
  const call = {
    model: "gpt-5.5",
    messages,
    tools: [
      {
        type: "function",
        function: { name: "find", parameters: { type: "object" }, strict: true },
      },
      { type: "custom", custom: { name: "patch", format: { type: "text" } } },
    ],
    tool_choice: { type: "future", thing: 1 },
    max_completion_tokens: 9,
    temperature: 0.3,
    stop: ["END"],
    reasoning_effort: "low",
    response_format: { type: "grammar", grammar: "x" },
    web_search_options: { search_context_size: "low" },
    logit_bias: { 1: 2 },
  };
  expect(again(call)).toEqual(call);
});
