import { afterAll, beforeAll, expect, it } from "vitest";
import { FAKE_OPENAI_KEY } from "../keys";
import { type FakeUpstream, startFakeUpstream } from "../server";

let upstream: FakeUpstream;
beforeAll(async () => {
  upstream = await startFakeUpstream();
});
afterAll(() => upstream.close());

const HELLO = { role: "user", content: "Hello" };
const BASE = { model: "gpt-4o", input: [HELLO] };
const THINKS = { model: "gpt-5", input: [HELLO] };
const CALL = { type: "function_call", call_id: "call_1", name: "run", arguments: "{}" };
const OUTPUT = { type: "function_call_output", call_id: "call_1", output: "done" };
const RUN = { type: "function", name: "run", strict: false, parameters: { type: "object" } };
const SEALED = `gAAAAAB${Buffer.alloc(80, 7).toString("base64")}`;

async function send(body: unknown, path = "/v1/responses") {
  const response = await fetch(`${upstream.url}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${FAKE_OPENAI_KEY}` },
    body: JSON.stringify(body),
  });
  return { status: response.status, json: await response.json() };
}

function withItems(...items: object[]) {
  return { ...BASE, input: [HELLO, ...items] };
}

function withParts(role: string, ...content: object[]) {
  return { ...BASE, input: [{ role, content }] };
}

function reasoning(fields: object) {
  return { ...THINKS, input: [HELLO, { type: "reasoning", id: "rs_1", summary: [], ...fields }] };
}

const REFUSED: [name: string, body: unknown, message: RegExp, code?: string | null][] = [
  ["an unknown field", { ...BASE, foo: 1 }, /^Unknown parameter: 'foo'\.$/, "unknown_parameter"],
  ["messages", { ...BASE, messages: [] }, /has moved to 'input'/, "unsupported_parameter"],
  ["max_tokens", { ...BASE, max_tokens: 9 }, /has moved to 'max_output_tokens'/],
  ["no model", { input: "Hi" }, /Missing required parameter: 'model'/],
  ["no input", { model: "gpt-4o" }, /One of "input" or "previous_response_id"/],
  [
    "an unknown model",
    { ...BASE, model: "gpt-nope" },
    /'gpt-nope' does not exist/,
    "model_not_found",
  ],
  ["an unknown item", withItems({ type: "tool_use" }), /Invalid value: 'tool_use'/],
  ["an unknown field of an item", withItems({ ...HELLO, x: 1 }), /'input\[1\]\.x'/],
  [
    "an output without its call",
    withItems(OUTPUT),
    /^No tool call found for function call output with call_id call_1\.$/,
    null,
  ],
  [
    "a call without its output",
    withItems(CALL),
    /^No tool output found for function call call_1\.$/,
  ],
  ["two outputs of one call", withItems(CALL, OUTPUT, OUTPUT), /Duplicate item found/],
  [
    "a custom output for a function's call",
    withItems(CALL, { ...OUTPUT, type: "custom_tool_call_output" }),
    /No tool output found for function call|No tool call found for custom/,
  ],
  [
    "a call id that is too long",
    withItems({ ...CALL, call_id: "x".repeat(65) }),
    /maximum length 64, but got a string with length 65/,
    "string_above_max_length",
  ],
  ["an empty call id", withItems({ ...CALL, call_id: "" }), /empty string/],
  ["an id of another kind", withItems({ ...CALL, id: "toolu_1" }, OUTPUT), /begins with 'fc'/],
  ["arguments that are no text", withItems({ ...CALL, arguments: {} }), /arguments'/],
  ["output_text of a user", withParts("user", { type: "output_text", text: "x" }), /'output_text'/],
  [
    "input_text of an assistant",
    withParts("assistant", { type: "input_text", text: "x" }),
    /Supported values are: 'output_text', 'refusal'/,
  ],
  [
    "an image as Chat Completions has it",
    withParts("user", { type: "input_image", image_url: { url: "https://a" } }),
    /expected an image URL, but got an object/,
  ],
  [
    "an image of another type",
    withParts("user", { type: "input_image", image_url: "data:image/bmp;base64,AAAA" }),
    /unsupported image/,
    "invalid_image_format",
  ],
  [
    "a file that it cannot read",
    withParts("user", {
      type: "input_file",
      filename: "a",
      file_data: "data:application/zip;base64,AAAA",
    }),
    /unsupported MIME type 'application\/zip'/,
  ],
  [
    "a forged thought",
    reasoning({ encrypted_content: SEALED }),
    /could not be verified/,
    "invalid_encrypted_content",
  ],
  ["a thought of another maker", reasoning({ encrypted_content: "EvAB" }), /could not be/],
  ["a thought without a summary", reasoning({ summary: null }), /summary'/],
  [
    "a limit of 15",
    { ...BASE, max_output_tokens: 15 },
    />= 16, but got 15/,
    "integer_below_min_value",
  ],
  [
    "a temperature of a model that thinks",
    { ...THINKS, temperature: 0.5 },
    /^Unsupported parameter: 'temperature' is not supported with this model\.$/,
  ],
  [
    "an effort of one that does not",
    { ...BASE, reasoning: { effort: "low" } },
    /'reasoning\.effort'/,
  ],
  ["a summary of one that does not", { ...BASE, reasoning: { summary: "auto" } }, /'reasoning\.s/],
  ["an unknown effort", { ...THINKS, reasoning: { effort: "max" } }, /'max' is not supported/],
  ["an unknown inclusion", { ...BASE, include: ["all"] }, /Invalid value: 'all'/],
  [
    "sealed thoughts of a model that has none",
    { ...BASE, include: ["reasoning.encrypted_content"] },
    /Encrypted content is not supported/,
  ],
  [
    "a tool as Chat Completions has it",
    { ...BASE, tools: [{ type: "function", function: { name: "run" } }] },
    /Missing required parameter: 'tools\[0\]\.name'/,
  ],
  ["an unknown tool", { ...BASE, tools: [{ type: "browser" }] }, /Invalid value: 'browser'/],
  ["a bad tool name", { ...BASE, tools: [{ ...RUN, name: "a.b" }] }, /pattern/],
  [
    "an open strict schema",
    { ...BASE, tools: [{ ...RUN, strict: true }] },
    /'additionalProperties' is required/,
    "invalid_function_parameters",
  ],
  [
    "a strict output that is open",
    {
      ...BASE,
      text: {
        format: { type: "json_schema", name: "o", strict: true, schema: { type: "object" } },
      },
    },
    /Invalid schema for response_format 'o'/,
    "invalid_json_schema",
  ],
  [
    "a choice without tools",
    { ...BASE, tool_choice: "required" },
    /must be specified with 'tools'/,
  ],
  [
    "a choice of another tool",
    { ...BASE, tools: [RUN], tool_choice: { type: "function", name: "go" } },
    /not found in 'tools'/,
  ],
];

it.each(REFUSED)("refuses %s", async (_name, body, message, code) => {
  const { status, json } = await send(body);
  expect(json.error.message).toMatch(message);
  expect(status).toBe(400);
  expect(json.error.type).toBe("invalid_request_error");
  if (code !== undefined) expect(json.error.code).toBe(code);
});

it("does not know a thought that it was not given whole", async () => {
  const { status, json } = await send(reasoning({}));
  expect([status, json.error.message]).toEqual([404, expect.stringMatching(/'rs_1' not found/)]);
});

it("refuses settings of an answer in a count and in a compaction", async () => {
  const count = await send({ ...BASE, stream: true }, "/v1/responses/input_tokens");
  expect(count.json.error.message).toBe("Unknown parameter: 'stream'.");
  const compact = await send({ ...BASE, tools: [] }, "/v1/responses/compact");
  expect(compact.json.error.message).toBe("Unknown parameter: 'tools'.");
});

it("takes everything that codex sends", async () => {
  const { status, json } = await send({
    model: "gpt-5.1-codex",
    stream: false,
    store: false,
    include: ["reasoning.encrypted_content"],
    prompt_cache_key: "k",
    client_metadata: {},
    parallel_tool_calls: true,
    tool_choice: "auto",
    reasoning: { effort: "medium", summary: "auto" },
    text: { verbosity: "low" },
    tools: [
      RUN,
      { type: "custom", name: "apply_patch", format: { type: "grammar", syntax: "lark" } },
      { type: "namespace", name: "mcp", description: "d", tools: [RUN] },
      { type: "tool_search", execution: "client", parameters: {} },
      { type: "web_search", external_web_access: true },
    ],
    input: [
      { type: "message", role: "developer", content: [{ type: "input_text", text: "Be brief" }] },
      {
        type: "message",
        role: "user",
        content: [{ type: "input_text", text: "Hi [[text:done]]" }],
      },
      { type: "message", role: "assistant", content: [{ type: "output_text", text: "Go" }] },
      CALL,
      {
        ...OUTPUT,
        output: [
          { type: "input_text", text: "done" },
          { type: "input_image", image_url: "data:image/png;base64,AAAA", detail: "auto" },
        ],
      },
      { type: "custom_tool_call", call_id: "call_2", name: "apply_patch", input: "*** x" },
      { type: "custom_tool_call_output", call_id: "call_2", output: "done" },
      { type: "web_search_call", id: "ws_1", status: "completed", action: { type: "search" } },
    ],
  });
  expect(json.error).toBeNull();
  expect(status).toBe(200);
});
