import { afterAll, beforeAll, expect, it } from "vitest";
import { FAKE_ANTHROPIC_KEY } from "../keys";
import { type FakeUpstream, startFakeUpstream } from "../server";

let upstream: FakeUpstream;
beforeAll(async () => {
  upstream = await startFakeUpstream();
});
afterAll(() => upstream.close());

const HELLO = [{ role: "user", content: "Hello" }];
const BASE = { model: "claude-opus-5-5", max_tokens: 100, messages: HELLO };
const OLDER = "claude-sonnet-4-5";
const CALL = {
  role: "assistant",
  content: [{ type: "tool_use", id: "toolu_1", name: "Bash", input: { command: "ls" } }],
};
const RESULT = { type: "tool_result", tool_use_id: "toolu_1", content: "file" };

async function send(body: unknown, headers: Record<string, string> = {}, path = "/v1/messages") {
  const response = await fetch(`${upstream.url}${path}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-api-key": FAKE_ANTHROPIC_KEY,
      "anthropic-version": "2023-06-01",
      ...headers,
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { response, json: await response.json() };
}

const REFUSED: [name: string, body: unknown, message: RegExp][] = [
  ["an unknown field", { ...BASE, foo: 1 }, /^foo: Extra inputs are not permitted$/],
  ["no limit", { model: BASE.model, messages: HELLO }, /^max_tokens: Field required$/],
  ["a limit of 0", { ...BASE, max_tokens: 0 }, /greater than or equal to 1/],
  ["a limit above the model's", { ...BASE, max_tokens: 900_000 }, /900000 > 128000/],
  ["no model", { max_tokens: 1, messages: HELLO }, /^model: Field required$/],
  ["no messages", { ...BASE, messages: [] }, /at least one message is required/],
  [
    "an unknown field of a message",
    { ...BASE, messages: [{ role: "user", content: "Hi", id: "1" }] },
    /^messages\.0\.id: Extra inputs/,
  ],
  [
    "an unknown field of a block",
    { ...BASE, messages: [{ role: "user", content: [{ type: "text", text: "Hi", id: "1" }] }] },
    /^messages\.0\.content\.0\.text\.id: Extra inputs/,
  ],
  ["an unknown role", { ...BASE, messages: [{ role: "tool", content: "x" }] }, /messages\.0\.role/],
  ["empty content", { ...BASE, messages: [{ role: "user", content: [] }] }, /non-empty content/],
  [
    "an empty text block",
    { ...BASE, messages: [{ role: "user", content: [{ type: "text", text: "" }] }] },
    /text content blocks must be non-empty/,
  ],
  [
    "an assistant first",
    { ...BASE, messages: [{ role: "assistant", content: "Hi" }] },
    /first mes/,
  ],
  [
    "a call without its result",
    { ...BASE, messages: [...HELLO, CALL, { role: "user", content: "and?" }] },
    /^messages\.1: `tool_use` ids were found without `tool_result` blocks immediately after: toolu_1\. Each/,
  ],
  [
    "a result behind other content",
    {
      ...BASE,
      messages: [...HELLO, CALL, { role: "user", content: [{ type: "text", text: "x" }, RESULT] }],
    },
    /without `tool_result` blocks immediately after/,
  ],
  [
    "a result without its call",
    { ...BASE, messages: [{ role: "user", content: [RESULT] }] },
    /^messages\.0\.content\.0: unexpected `tool_use_id` found in `tool_result` blocks: toolu_1/,
  ],
  [
    "two results for one call",
    { ...BASE, messages: [...HELLO, CALL, { role: "user", content: [RESULT, RESULT] }] },
    /multiple `tool_result` blocks with id: toolu_1/,
  ],
  [
    "a system message for an older model",
    {
      ...BASE,
      model: "claude-sonnet-4-5",
      messages: [...HELLO, { role: "system", content: "Be brief" }],
    },
    /Unexpected role "system"/,
  ],
  [
    "a thinking budget below 1024",
    { ...BASE, model: OLDER, thinking: { type: "enabled", budget_tokens: 10 } },
    /greater than or equal to 1024/,
  ],
  [
    "a thinking budget above the limit",
    { ...BASE, model: OLDER, thinking: { type: "enabled", budget_tokens: 2048 } },
    /`max_tokens` must be greater than `thinking\.budget_tokens`/,
  ],
  [
    "a tool without a schema",
    { ...BASE, tools: [{ name: "a" }] },
    /^tools\.0\.custom\.input_schema: Field required$/,
  ],
  [
    "two tools of one name",
    { ...BASE, tools: Array(2).fill({ name: "a", input_schema: { type: "object" } }) },
    /Tool names must be unique/,
  ],
  [
    "five cache breakpoints",
    {
      ...BASE,
      system: Array(5).fill({ type: "text", text: "x", cache_control: { type: "ephemeral" } }),
    },
    /A maximum of 4 blocks with cache_control may be provided\. Found 5\./,
  ],
  ["a body that is no JSON", "{", /not valid JSON/],
];

it.each(REFUSED)("refuses %s", async (_name, body, message) => {
  const { response, json } = await send(body);
  expect(response.status).toBe(400);
  expect(json).toMatchObject({ type: "error", error: { type: "invalid_request_error" } });
  expect(json.error.message).toMatch(message);
  expect(json.request_id).toBe(response.headers.get("request-id"));
});

it("refuses a limit in a token count, and a count without messages", async () => {
  const path = "/v1/messages/count_tokens";
  expect((await send(BASE, {}, path)).json.error.message).toMatch(/^max_tokens: Extra inputs/);
  expect((await send({ model: BASE.model }, {}, path)).json.error.message).toMatch(
    /^messages: Field/,
  );
});

it("refuses a missing version, an unknown beta, no key and an unknown path", async () => {
  const version = await send(BASE, { "anthropic-version": "" });
  expect(version.json.error.message).toBe("anthropic-version: header is required");
  const beta = await send(BASE, { "anthropic-beta": "effort-2025-11-24, not-a-beta" });
  expect(beta.json.error.message).toMatch(
    /Unexpected value\(s\) `not-a-beta` for the `anthropic-b/,
  );
  const key = await send(BASE, { "x-api-key": "" });
  expect([key.response.status, key.json.error.message]).toEqual([
    401,
    "x-api-key header is required",
  ]);
  expect((await send(BASE, {}, "/v1/nowhere")).response.status).toBe(404);
});

it("refuses one beta or one field when it is told to, and serves requests without them", async () => {
  upstream.faults.add(
    { faults: [{ kind: "refuse-beta", beta: "effort-2025-11-24" }] },
    { faults: [{ kind: "refuse-field", field: "metadata" }] },
  );
  const beta = { "anthropic-beta": "effort-2025-11-24" };
  expect((await send(BASE, beta)).response.status).toBe(400);
  expect((await send(BASE)).response.status).toBe(200);
  upstream.faults.clear();
  upstream.faults.add({ faults: [{ kind: "refuse-field", field: "metadata" }] });
  expect((await send({ ...BASE, metadata: {} })).json.error.message).toMatch(/^metadata: Extra/);
  expect((await send(BASE)).response.status).toBe(200);
  upstream.faults.clear();
});

it("takes everything that Claude Code sends", async () => {
  const schema = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    properties: { n: { type: "number", exclusiveMinimum: 0 } },
    additionalProperties: false,
  };
  const reference = { type: "tool_reference", tool_name: "later" };
  const { response, json } = await send(
    {
      ...BASE,
      stream: false,
      system: [{ type: "text", text: "You are", cache_control: { type: "ephemeral", ttl: "1h" } }],
      thinking: { type: "adaptive", display: "omitted" },
      output_config: { effort: "high" },
      context_management: { edits: [{ type: "clear_thinking_20251015", keep: "all" }] },
      metadata: { user_id: '{"device_id":"d","account_uuid":"","session_id":"s"}' },
      tools: [
        { name: "Bash", input_schema: schema, eager_input_streaming: true },
        { name: "later", input_schema: schema, defer_loading: true },
        { type: "web_search_20250305", name: "web_search", max_uses: 8 },
      ],
      messages: [
        ...HELLO,
        { role: "system", content: [{ type: "text", text: "Environment" }] },
        { role: "system", output_config: { effort: "low" } },
        CALL,
        {
          role: "user",
          content: [
            { ...RESULT, content: [{ type: "text", text: "file" }, reference] },
            { type: "text", text: "<system-reminder>note</system-reminder>" },
          ],
        },
        { role: "system", content: "More tools" },
      ],
    },
    { "anthropic-beta": "claude-code-20250219,per-turn-control-2026-07-01" },
  );
  expect(json).toMatchObject({ type: "message", stop_reason: "tool_use" });
  expect(response.status).toBe(200);
});
