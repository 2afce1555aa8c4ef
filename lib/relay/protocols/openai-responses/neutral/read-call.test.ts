import { expect, it } from "vitest";
import { decode, encode } from "../../../stream/bytes";
import { responsesTranslator } from "./translator";

const FACTS = {
  face: "openai-responses",
  protocol: "openai-responses",
  action: "generate",
  model: "gpt-5.5",
  stream: "sse",
  session: null,
  maxOutputTokens: null,
  bodyBytes: 0,
  modelSpan: null,
} as const;
const read = (body: object) =>
  responsesTranslator.readCall(encode(JSON.stringify({ model: "gpt-5.5", ...body })), FACTS);
const writtenBack = (body: object) => {
  const { body: bytes, losses } = responsesTranslator.writeCall(read(body), {
    model: "gpt-5.5",
    action: "generate",
  });
  expect(losses).toEqual([]);
  const { model: _, stream: __, ...rest } = JSON.parse(decode(bytes));
  return rest;
};

/** As Codex sends it. */
const CODEX = {
  instructions: "You are Codex.",
  input: [
    {
      type: "message",
      role: "developer",
      content: [{ type: "input_text", text: "<permissions>" }],
    },
    { type: "message", role: "user", content: [{ type: "input_text", text: "fix it" }] },
    { type: "reasoning", summary: [], encrypted_content: "gAAA", content: null },
    {
      type: "function_call",
      name: "find",
      namespace: "files",
      arguments: '{"q":1}',
      call_id: "c1",
    },
    {
      type: "custom_tool_call",
      status: "completed",
      name: "apply_patch",
      input: "*** Begin",
      call_id: "c2",
    },
    { type: "function_call_output", call_id: "c1", output: "found" },
    {
      type: "custom_tool_call_output",
      call_id: "c2",
      output: [
        { type: "input_text", text: "done" },
        { type: "input_image", image_url: "data:image/png;base64,aGk=", detail: "high" },
      ],
    },
    { type: "tool_search_call", call_id: "c3", execution: "client", arguments: { query: "x" } },
    {
      type: "tool_search_output",
      call_id: "c3",
      execution: "client",
      status: "completed",
      tools: [],
    },
    {
      type: "web_search_call",
      id: "ws_1",
      status: "completed",
      action: { type: "search", query: "q" },
    },
    { type: "compaction", encrypted_content: "gBBB" },
    {
      type: "message",
      id: "msg_1",
      role: "assistant",
      phase: "final_answer",
      status: "completed",
      content: [
        { type: "output_text", text: "ok", annotations: [] },
        { type: "refusal", refusal: "no" },
      ],
    },
    { role: "user", content: "thanks" },
    { type: "item_reference", id: "rs_9" },
  ],
  tools: [
    {
      type: "function",
      name: "shell",
      description: "Runs.",
      parameters: { type: "object" },
      strict: false,
    },
    {
      type: "custom",
      name: "apply_patch",
      description: "Patches.",
      format: { type: "grammar", syntax: "lark" },
    },
    {
      type: "namespace",
      name: "files",
      description: "Files of the project.",
      tools: [
        { type: "function", name: "find", parameters: { type: "object" }, defer_loading: true },
        { type: "custom", name: "raw", description: "Free." },
      ],
    },
    { type: "tool_search", execution: "client" },
    { type: "web_search", external_web_access: false, filters: { allowed_domains: ["a.test"] } },
  ],
  tool_choice: "auto",
  parallel_tool_calls: true,
  reasoning: { effort: "xhigh", summary: "auto", context: "all_turns" },
  text: { verbosity: "low", format: { type: "json_schema", name: "f", schema: {}, strict: true } },
  store: false,
  include: ["reasoning.encrypted_content"],
  prompt_cache_key: "thread",
  client_metadata: { a: "b" },
  service_tier: "priority",
  safety_identifier: "u1",
  max_tool_calls: 3,
  top_logprobs: 2,
  temperature: 0.5,
};

it("reads a call of Codex and writes it back without loss", () => {
  const { context: _, ...item } = { ...CODEX.input[2], context: 0 };
  const input = CODEX.input.map((one, i) => (i === 2 ? { ...item, content: undefined } : one));
  const back = writtenBack(CODEX);
  delete back.input[2].content;
  expect(back).toEqual(JSON.parse(JSON.stringify({ ...CODEX, input })));
});

it("has neutral words for what other protocols know", () => {
  const call = read(CODEX);
  expect(call.system).toMatchObject([{ text: "You are Codex." }]);
  expect(call.turns.map(({ role }) => role).slice(0, 3)).toEqual(["system", "user", "assistant"]);
  const blocks = call.turns.flatMap((turn) => turn.blocks);
  expect(blocks.slice(2, 7)).toMatchObject([
    { kind: "thinking", text: "", signature: "gAAA" },
    {
      kind: "tool-call",
      id: "c1",
      name: "find",
      input: '{"q":1}',
      extra: { fields: { namespace: "files" } },
    },
    { kind: "tool-call", id: "c2", name: "apply_patch", input: "*** Begin" },
    { kind: "tool-result", callId: "c1", name: "find", content: [{ kind: "text", text: "found" }] },
    {
      kind: "tool-result",
      name: "apply_patch",
      content: [
        { text: "done" },
        {
          kind: "image",
          source: { kind: "data", mime: "image/png", base64: "aGk=" },
          detail: "high",
        },
      ],
    },
  ]);
  expect(blocks).toContainEqual(
    expect.objectContaining({ kind: "hosted-call", tool: "web-search", input: '{"query":"q"}' }),
  );
  expect(call.tools.map(({ kind, name }) => [kind, name])).toEqual([
    ["function", "shell"],
    ["custom", "apply_patch"],
    ["function", "find"],
    ["custom", "raw"],
    ["hosted", "tool_search"],
    ["hosted", "web_search"],
  ]);
  expect(call.tools[2]).toMatchObject({ namespace: "files", deferred: true });
  expect(call).toMatchObject({
    reasoning: { effort: "xhigh", show: true, summary: "auto" },
    output: { kind: "schema", name: "f", strict: true },
    verbosity: "low",
    endUser: "u1",
    serviceTier: "priority",
    logprobs: { top: 2 },
  });
});

it("takes a bound on tool calls for the search's own where no other tool shares it", () => {
  const one = read({ tools: [{ type: "web_search_preview" }], max_tool_calls: 2 });
  expect(one.tools).toMatchObject([{ tool: "web-search", maxUses: 2 }]);
  const both = { tools: [{ type: "web_search" }, { type: "code_interpreter" }], max_tool_calls: 2 };
  expect(read(both).tools).toMatchObject([{ maxUses: null }, { tool: "code-execution" }]);
  expect(writtenBack(both)).toMatchObject({ max_tool_calls: 2 });
});

it("reads a text as input, and every source of images and files", () => {
  expect(read({ input: "hi" }).turns).toMatchObject([{ role: "user", blocks: [{ text: "hi" }] }]);
  expect(writtenBack({ input: "hi" })).toEqual({ input: "hi" });
  const content = [
    { type: "input_image", image_url: "https://x.test/a.png" },
    { type: "input_image", file_id: "file_1" },
    { type: "input_file", file_url: "https://x.test/a.pdf" },
    { type: "input_file", file_data: "data:application/pdf;base64,cGRm", filename: "a.pdf" },
    { type: "input_file", file_id: "file_2" },
    { type: "input_audio", input_audio: { data: "x", format: "mp3" } },
  ];
  const input = [{ role: "user", content }];
  expect(read({ input }).turns[0]?.blocks).toMatchObject([
    { kind: "image", source: { kind: "url" } },
    { kind: "image", source: { kind: "file", protocol: "openai-responses", id: "file_1" } },
    { kind: "document", source: { kind: "url" } },
    { kind: "document", source: { kind: "data", mime: "application/pdf" }, name: "a.pdf" },
    { kind: "document", source: { kind: "file", id: "file_2" } },
    { kind: "other", name: "input_audio" },
  ]);
  expect(writtenBack({ input })).toEqual({ input });
});

it("reads every form of tool choice, and keeps those that only OpenAI knows", () => {
  const tools = [{ type: "function", name: "a", parameters: {} }, { type: "web_search" }];
  const choices = [
    "none",
    "required",
    { type: "function", name: "a" },
    { type: "web_search" },
    { type: "allowed_tools", mode: "required", tools: [{ type: "function", name: "a" }] },
    { type: "mcp", server_label: "x" },
  ];
  const kinds = choices.map((tool_choice) => read({ tools, tool_choice }).toolChoice?.kind ?? null);
  expect(kinds).toEqual(["none", "any", "tool", "tool", "allowed", null]);
  for (const tool_choice of choices) {
    expect(writtenBack({ tools, tool_choice })).toEqual({ tools, tool_choice });
  }
});

it("names the field that is wrong", () => {
  expect(() => read({ input: 5 })).toThrow(/^input: /);
  expect(() => read({ tools: "x" })).toThrow(/^tools: /);
  expect(() => read({ input: [{ type: "function_call_output", output: "x" }] })).toThrow(
    /call_id: /,
  );
});
