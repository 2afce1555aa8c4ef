import { expect, it } from "vitest";
import type { CallFacts } from "../../../model";
import { decode, encode } from "../../../stream/bytes";
import { anthropicTranslator as translator } from "./translator";

const FACTS: CallFacts = {
  face: "anthropic",
  protocol: "anthropic",
  action: "generate",
  model: "claude-opus-5-5",
  stream: "sse",
  session: null,
  maxOutputTokens: null,
  bodyBytes: 0,
  modelSpan: null,
};

const read = (body: unknown) => translator.readCall(encode(JSON.stringify(body)), FACTS);

const EPHEMERAL = { type: "ephemeral" };
const HOUR = { type: "ephemeral", ttl: "1h" };

/** What Claude Code 2.1 sends, in little. */
const CLAUDE_CODE = {
  model: "claude-opus-5-5",
  max_tokens: 32_000,
  stream: true,
  system: [
    { type: "text", text: "x-anthropic-billing-header: cc_version=2.1;" },
    { type: "text", text: "You are Claude Code.", cache_control: HOUR },
  ],
  messages: [
    { role: "user", content: [{ type: "text", text: "Read a", cache_control: EPHEMERAL }] },
    { role: "system", content: [{ type: "text", text: "Environment" }] },
    {
      role: "assistant",
      content: [
        { type: "thinking", thinking: "", signature: "sig" },
        { type: "redacted_thinking", data: "enc" },
        {
          type: "tool_use",
          id: "toolu_1",
          name: "Read",
          input: { path: "a" },
          caller: { type: "direct" },
        },
      ],
    },
    {
      role: "user",
      content: [
        {
          type: "tool_result",
          tool_use_id: "toolu_1",
          is_error: true,
          content: [
            { type: "text", text: "A" },
            { type: "image", source: { type: "base64", media_type: "image/png", data: "AA" } },
            { type: "tool_reference", tool_name: "Later" },
            {
              type: "search_result",
              source: "https://a.test",
              title: "T",
              content: [{ type: "text", text: "S" }],
            },
            { type: "browser_state", tabs: [] },
          ],
        },
        { type: "container_upload", file_id: "file_1" },
      ],
    },
    { role: "system", content: "Later note" },
  ],
  tools: [
    {
      name: "Read",
      description: "Reads",
      input_schema: { type: "object" },
      cache_control: EPHEMERAL,
      strict: true,
    },
    { name: "Later", input_schema: { type: "object" }, defer_loading: true, input_examples: [{}] },
    { type: "bash_20250124", name: "bash" },
    {
      type: "web_search_20260209",
      name: "web_search",
      max_uses: 8,
      user_location: { type: "approximate", city: "Basel" },
    },
    { type: "code_execution_20260120", name: "code_execution" },
    { type: "mcp_toolset", mcp_server_name: "wiki" },
    { type: "tool_search_tool_bm25_20251119", name: "tool_search_tool_bm25" },
  ],
  tool_choice: { type: "tool", name: "web_search", disable_parallel_tool_use: true },
  thinking: { type: "adaptive", display: "omitted" },
  output_config: {
    effort: "xhigh",
    format: { type: "json_schema", schema: { type: "object", additionalProperties: false } },
    task_budget: { total: 5 },
  },
  context_management: { edits: [] },
  metadata: { user_id: '{"session_id":"s"}' },
  temperature: 1,
  stop_sequences: ["END"],
};

it("reads what Claude Code sends, field by field", () => {
  const call = read(CLAUDE_CODE);
  expect(call).toMatchObject({
    model: "claude-opus-5-5",
    stream: true,
    maxOutputTokens: 32_000,
    system: [{ cache: null }, { text: "You are Claude Code.", cache: "1h" }],
    toolChoice: { kind: "tool", name: "web_search_20260209" },
    parallelTools: false,
    sampling: { temperature: 1, topP: null },
    stop: ["END"],
    output: { kind: "schema", schema: { type: "object" } },
    reasoning: { enabled: true, effort: "xhigh", budgetTokens: -1, show: false },
    endUser: '{"session_id":"s"}',
  });
  expect(call.extra?.fields).toEqual({
    context_management: { edits: [] },
    output_config: { task_budget: { total: 5 } },
  });
});

it("keeps system messages where they stand", () => {
  const roles = read(CLAUDE_CODE).turns.map(({ role }) => role);
  expect(roles).toEqual(["user", "system", "assistant", "user", "system"]);
  expect(read(CLAUDE_CODE).turns[4]?.blocks).toMatchObject([{ kind: "text", text: "Later note" }]);
});

it("reads blocks of every kind, and keeps whole what it has no word for", () => {
  const [first, , answer, results] = read(CLAUDE_CODE).turns;
  expect(first?.blocks).toMatchObject([{ kind: "text", text: "Read a", cache: "5m" }]);
  expect(answer?.blocks).toMatchObject([
    { kind: "thinking", text: "", signature: "sig" },
    { kind: "redacted-thinking", data: "enc" },
    { kind: "tool-call", id: "toolu_1", input: '{"path":"a"}', extra: { fields: { caller: {} } } },
  ]);
  expect(results?.blocks).toMatchObject([
    {
      kind: "tool-result",
      callId: "toolu_1",
      name: "Read",
      isError: true,
      content: [
        { kind: "text", text: "A" },
        { kind: "image", source: { kind: "data", mime: "image/png" } },
        { kind: "tool-reference", name: "Later" },
        { kind: "document", name: "T", source: { kind: "text", text: "S" } },
        { kind: "text", text: '{"type":"browser_state","tabs":[]}' },
      ],
    },
    { kind: "other", name: "container_upload" },
  ]);
});

it("tells the client's tools from the provider's", () => {
  expect(read(CLAUDE_CODE).tools).toMatchObject([
    { kind: "function", name: "Read", strict: true, cache: "5m", deferred: false },
    {
      kind: "function",
      name: "Later",
      deferred: true,
      extra: { fields: { input_examples: [{}] } },
    },
    { kind: "function", name: "bash", schema: null, extra: { fields: { type: "bash_20250124" } } },
    { kind: "hosted", tool: "web-search", maxUses: 8, location: { city: "Basel", region: null } },
    { kind: "hosted", tool: "code-execution", name: "code_execution_20260120" },
    { kind: "hosted", tool: "other", name: "mcp_toolset" },
    { kind: "hosted", tool: "other" },
  ]);
});

it("writes all of it back", () => {
  const target = { model: "claude-opus-5", action: "generate" as const };
  const { body, losses } = translator.writeCall(read(CLAUDE_CODE), target);
  const { tools, temperature: _, ...json } = JSON.parse(decode(body));
  const { tools: given, temperature: __, ...rest } = CLAUDE_CODE;
  // The first tool's schema is open, so that it cannot be strict.
  expect(tools.slice(1)).toEqual(given.slice(1));
  expect(losses).toEqual([{ kind: "strict-tools", detail: "Read" }]);
  expect(json).toEqual({
    ...rest,
    model: "claude-opus-5",
    messages: rest.messages.map(({ role, content }) => ({
      role,
      content: typeof content === "string" ? [{ type: "text", text: content }] : content,
    })),
  });
});

it("reads the older ways to ask for thoughts and forms", () => {
  const schema = { type: "object", additionalProperties: false };
  const older = read({
    messages: [],
    thinking: { type: "enabled", budget_tokens: 31_999 },
    output_format: { type: "json_schema", schema },
  });
  expect(older.reasoning).toMatchObject({ enabled: true, budgetTokens: 31_999, effort: null });
  expect(older.output).toMatchObject({ kind: "schema", schema });
  expect(read({ messages: [], thinking: { type: "disabled" } }).reasoning?.enabled).toBe(false);
  const tomorrow = read({ messages: [], thinking: { type: "between_tools" } });
  expect(tomorrow).toMatchObject({ reasoning: null, extra: { fields: { thinking: {} } } });
});

it.each([
  [[], "body: a JSON object is required."],
  [{}, "messages: a list is required."],
  [
    { messages: [{ role: "tool", content: "" }] },
    "messages.0.role: user, assistant or system is required.",
  ],
  [
    { messages: [{ role: "user", content: 5 }] },
    "messages.0.content: a text or a list of blocks is required.",
  ],
  [{ messages: [{ role: "user", content: [{}] }] }, "messages.0.content.0.type: is required."],
  [
    { messages: [{ role: "user", content: [{ type: "text" }] }] },
    "messages.0.content.0.text: a text is required.",
  ],
  [
    { messages: [{ role: "user", content: [{ type: "tool_result" }] }] },
    "messages.0.content.0.tool_use_id: a text is required.",
  ],
  [{ messages: [], tools: ["x"] }, "tools.0: an object is required."],
  [{ messages: [], tools: [{}] }, "tools.0.name: a name is required."],
  [{ messages: [], system: 5 }, "system: a text or a list of blocks is required."],
])("refuses %j with the field's name", (body, message) => {
  expect(() => read(body)).toThrow(expect.objectContaining({ code: "invalid_request", message }));
});
