import { afterAll, beforeAll, expect, it } from "vitest";
import { FAKE_OPENAI_KEY } from "../keys";
import { type FakeUpstream, startFakeUpstream } from "../server";

let upstream: FakeUpstream;
beforeAll(async () => {
  upstream = await startFakeUpstream();
});
afterAll(() => upstream.close());

const HELLO = { role: "user", content: "Hello" };
const BASE = { model: "gpt-4o", messages: [HELLO] };
const CALL = {
  role: "assistant",
  content: null,
  tool_calls: [{ id: "call_1", type: "function", function: { name: "run", arguments: "{}" } }],
};
const RESULT = { role: "tool", tool_call_id: "call_1", content: "done" };
const RUN = { type: "function", function: { name: "run", parameters: { type: "object" } } };
const PNG = "data:image/png;base64,iVBORw0KGgo=";

async function send(body: unknown) {
  const response = await fetch(`${upstream.url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${FAKE_OPENAI_KEY}` },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, json: await response.json() };
}

function withParts(role: string, ...content: object[]) {
  return { ...BASE, messages: [{ role, content }] };
}

function withTool(fields: object) {
  return { ...BASE, tools: [{ type: "function", function: { name: "run", ...fields } }] };
}

const CLOSED = { type: "object", additionalProperties: false };

const REFUSED: [name: string, body: unknown, message: RegExp, code?: string][] = [
  ["an unknown field", { ...BASE, foo: 1 }, /^Unrecognized request argument supplied: foo$/],
  ["no model", { messages: [HELLO] }, /you must provide a model parameter/],
  ["no messages", { model: "gpt-4o" }, /Missing required parameter: 'messages'/],
  ["an empty list of messages", { ...BASE, messages: [] }, /'messages': empty array/],
  ["an unknown role", { ...BASE, messages: [{ role: "model", content: "x" }] }, /Supported values/],
  [
    "an unknown field of a message",
    { ...BASE, messages: [{ ...HELLO, cache_control: {} }] },
    /Unknown parameter: 'messages\[0\]\.cache_control'/,
    "unknown_parameter",
  ],
  ["no content", { ...BASE, messages: [{ role: "user", content: null }] }, /expected a string/],
  [
    "a call that is not answered",
    { ...BASE, messages: [HELLO, CALL, HELLO] },
    /must be followed by tool messages.*call_1$/,
  ],
  ["a call at the end", { ...BASE, messages: [HELLO, CALL] }, /did not have response messages/],
  [
    "a result without its call",
    { ...BASE, messages: [HELLO, RESULT] },
    /must be a response to a preceeding message/,
  ],
  [
    "a result of another call",
    { ...BASE, messages: [HELLO, CALL, { ...RESULT, tool_call_id: "call_2" }] },
    /'call_2' not found in 'tool_calls' of previous message/,
  ],
  [
    "an id that is too long",
    {
      ...BASE,
      messages: [HELLO, { ...CALL, tool_calls: [{ ...CALL.tool_calls[0], id: "x".repeat(65) }] }],
    },
    /maximum length 64, but got a string with length 65/,
    "string_above_max_length",
  ],
  [
    "an image in a tool message",
    {
      ...BASE,
      messages: [
        HELLO,
        CALL,
        { ...RESULT, content: [{ type: "image_url", image_url: { url: PNG } }] },
      ],
    },
    /Image URLs are only allowed for messages with role 'user'/,
  ],
  [
    "an image of another type",
    withParts("user", { type: "image_url", image_url: { url: "data:image/tiff;base64,AAAA" } }),
    /unsupported image/,
    "invalid_image_format",
  ],
  [
    "an image that is no data",
    withParts("user", { type: "image_url", image_url: { url: "data:image/png;base64,?" } }),
    /base64-encoded data URL/,
  ],
  [
    "a file that is no PDF",
    withParts("user", {
      type: "file",
      file: { filename: "a.txt", file_data: "data:text/plain;base64,AAAA" },
    }),
    /unsupported MIME type 'text\/plain'/,
  ],
  [
    "a file without a name",
    withParts("user", { type: "file", file: { file_data: "data:application/pdf;base64,AAAA" } }),
    /Missing required parameter: 'messages\[0\]\.content\[0\]\.file\.filename'/,
  ],
  ["a part of another API", withParts("user", { type: "input_text", text: "x" }), /Supported val/],
  ["a bad tool name", { ...BASE, tools: [{ ...RUN, function: { name: "a.b" } }] }, /pattern/],
  ["a tool name that is too long", withTool({ name: "x".repeat(65) }), /maximum length 64/],
  ["no tools at all", { ...BASE, tools: [] }, /'tools': empty array/],
  ["a choice without tools", { ...BASE, tool_choice: "auto" }, /only allowed when 'tools'/],
  [
    "a choice of another tool",
    { ...BASE, tools: [RUN], tool_choice: { type: "function", function: { name: "go" } } },
    /'function go' not found/,
  ],
  ["parameters that are no object", withTool({ parameters: { type: "string" } }), /got 'type: "s/],
  [
    "an open strict schema",
    withTool({ strict: true, parameters: { type: "object", properties: {} } }),
    /'additionalProperties' is required to be supplied and to be false/,
    "invalid_function_parameters",
  ],
  [
    "an optional property of a strict schema",
    withTool({ strict: true, parameters: { ...CLOSED, properties: { a: { type: "string" } } } }),
    /including every key in properties\. Missing 'a'/,
  ],
  [
    "a strict output that is open inside",
    {
      ...BASE,
      response_format: {
        type: "json_schema",
        json_schema: {
          name: "out",
          strict: true,
          schema: { ...CLOSED, properties: { a: { type: "object" } }, required: ["a"] },
        },
      },
    },
    /In context=\('properties', 'a'\), 'additionalProperties'/,
  ],
  [
    "JSON that nobody speaks of",
    { ...BASE, response_format: { type: "json_object" } },
    /must contain the word 'json'/,
  ],
  ["usage without a stream", { ...BASE, stream_options: {} }, /only allowed when 'stream'/],
  ["five stop sequences", { ...BASE, stop: ["a", "b", "c", "d", "e"] }, /maximum length 4/],
  ["a temperature of 3", { ...BASE, temperature: 3 }, /<= 2/, "decimal_above_max_value"],
  ["a limit of 0", { ...BASE, max_tokens: 0 }, />= 1/, "integer_below_min_value"],
  ["a limit above the model's", { ...BASE, max_tokens: 99_999 }, /at most 16384 completion tokens/],
  [
    "an effort of a model that does not think",
    { ...BASE, reasoning_effort: "low" },
    /Unrecognized/,
  ],
  [
    "max_tokens of a model that thinks",
    { ...BASE, model: "gpt-5", max_tokens: 100 },
    /Use 'max_completion_tokens' instead/,
    "unsupported_parameter",
  ],
  [
    "a temperature of a model that thinks",
    { ...BASE, model: "o3", temperature: 0.2 },
    /'temperature' does not support 0\.2/,
    "unsupported_value",
  ],
  ["a stop of a model that thinks", { ...BASE, model: "gpt-5", stop: "x" }, /'stop' is not supp/],
  ["an unknown effort", { ...BASE, model: "gpt-5", reasoning_effort: "none" }, /Supported values/],
  [
    "functions beside thoughts since 5.6",
    { ...BASE, model: "gpt-5.6-sol", tools: [RUN] },
    /use \/v1\/responses or set reasoning_effort to 'none'/,
  ],
  [
    "functions beside an effort since 5.4",
    { ...BASE, model: "gpt-5.5", tools: [RUN], reasoning_effort: "low" },
    /Function tools with reasoning_effort are not supported/,
  ],
  ["a search of another model", { ...BASE, web_search_options: {} }, /web_search_options/],
  [
    "a temperature of a model that searches",
    { ...BASE, model: "gpt-4o-search-preview", temperature: 1 },
    /Model incompatible request argument/,
  ],
  [
    "a blocked prompt",
    withParts("user", { type: "text", text: "[[scenario:prompt-blocked]]" }),
    /flagged/,
  ],
  ["a body that is no JSON", "{", /could not parse the JSON body/],
];

it.each(REFUSED)("refuses %s", async (_name, body, message, code) => {
  const { status, json } = await send(body);
  expect(json.error.message).toMatch(message);
  expect(status).toBe(400);
  expect(json.error.type).toBe("invalid_request_error");
  expect(Object.keys(json.error)).toEqual(["message", "type", "param", "code"]);
  if (code !== undefined) expect(json.error.code).toBe(code);
});

it("answers 404 for models that are not there, or not for this endpoint", async () => {
  expect((await send({ ...BASE, model: "gpt-nope" })).json.error.code).toBe("model_not_found");
  const codex = await send({ ...BASE, model: "gpt-5-codex" });
  expect([codex.status, codex.json.error.message]).toEqual([
    404,
    "This model is only supported in v1/responses and not in v1/chat/completions.",
  ]);
});

it("takes everything that real clients send", async () => {
  const { status } = await send({
    ...BASE,
    n: 1,
    store: false,
    user: "u",
    parallel_tool_calls: true,
    tool_choice: "auto",
    tools: [RUN, { type: "custom", custom: { name: "patch", description: "d" } }],
    messages: [
      { role: "developer", content: [{ type: "text", text: "Be brief" }] },
      {
        role: "user",
        content: [
          { type: "text", text: "See" },
          { type: "image_url", image_url: { url: PNG, detail: "low" } },
          { type: "image_url", image_url: { url: "https://example.com/a.png" } },
          {
            type: "file",
            file: { filename: "a.pdf", file_data: "data:application/pdf;base64,AA==" },
          },
        ],
      },
      { ...CALL, refusal: null, annotations: [] },
      RESULT,
      { role: "assistant", content: "" },
      { role: "system", content: "More" },
      HELLO,
    ],
  });
  expect(status).toBe(200);
});
