import { expect, it } from "vitest";
import type { NeutralCall, Reasoning, Tool } from "../../../neutral";
import type { Block } from "../../../neutral-blocks";
import { decode } from "../../../stream/bytes";
import { neutralCall, textBlock, toolCall, toolResult, turn } from "../../../testing/neutral-call";
import { CALL_LOSSES } from "./losses";
import { writeCall } from "./write-call";

const NEWEST = "claude-opus-5-5";
const SCHEMA = { type: "object", properties: { path: { type: "string" } } };
const READ: Tool = {
  kind: "function",
  name: "Read",
  description: "Reads a file",
  schema: SCHEMA,
  strict: null,
  deferred: false,
  namespace: null,
  cache: null,
};
const PATCH: Tool = { kind: "custom", name: "patch", description: null, format: null };
const SEARCH: Tool = {
  kind: "hosted",
  tool: "web-search",
  name: "google_search",
  maxUses: 3,
  allowedDomains: ["a.test"],
  blockedDomains: ["b.test"],
  location: { city: "Basel", region: null, country: "CH", timezone: null },
  extra: { protocol: "gemini", fields: {} },
};
const REASONING: Reasoning = {
  enabled: true,
  effort: null,
  budgetTokens: null,
  show: null,
  summary: null,
};
const PNG: Block = {
  kind: "image",
  source: { kind: "data", mime: "image/png", base64: "AAAA" },
  detail: "high",
  cache: null,
};
const LOOP = [
  turn("user", "Read a"),
  turn("assistant", toolCall("call_1")),
  turn("user", toolResult("call_1", "A")),
];

function written(call: NeutralCall, model = NEWEST, action: "generate" | "count" = "generate") {
  const { body, losses } = writeCall(call, { model, action });
  return {
    json: JSON.parse(decode(body)),
    losses: losses.map(({ kind }) => kind),
    details: losses,
  };
}

it("gives the reason of every loss that it reports", () => {
  const call = neutralCall({
    tools: [
      { ...READ, strict: true, schema: { minimum: 1 } },
      { ...SEARCH, tool: "other" },
      SEARCH,
    ],
    toolChoice: { kind: "tool", name: "gone", namespace: null },
    sampling: {
      temperature: 2,
      topP: 0.5,
      topK: 3,
      seed: 1,
      frequencyPenalty: 1,
      presencePenalty: 1,
    },
    stop: [" ", "END"],
    output: { kind: "json" },
    reasoning: { ...REASONING, effort: "minimal" },
    verbosity: "low",
    candidates: 2,
    logprobs: { top: 1 },
    serviceTier: "flex",
    extra: { protocol: "openai-responses", fields: { store: false, id: "x" } },
    turns: [
      turn(
        "user",
        PNG,
        { ...PNG, source: { kind: "data", mime: "image/heic", base64: "" } },
        {
          kind: "document",
          source: { kind: "data", mime: "audio/wav", base64: "" },
          name: null,
          cache: null,
        },
      ),
      turn(
        "assistant",
        { kind: "thinking", text: "Hm", signature: null },
        {
          ...textBlock("It is so"),
          citations: [{ url: "https://a.test", title: null, citedText: null, start: 0, end: 2 }],
        },
      ),
      turn("user", { ...PNG, source: { kind: "file", protocol: "gemini", id: "f", mime: null } }),
    ],
  });
  const { losses, details } = written(call);
  expect(new Set(losses)).toEqual(new Set(Object.keys(CALL_LOSSES)));
  expect(details).toContainEqual({ kind: "other-fields", detail: "store" });
});

it("loses nothing of what every protocol can say", () => {
  const call = neutralCall({
    stream: true,
    system: [textBlock("Be brief")],
    turns: [...LOOP, turn("assistant", "Done"), turn("user", "Thanks", { ...PNG, detail: null })],
    tools: [READ],
    toolChoice: { kind: "auto" },
    parallelTools: false,
    maxOutputTokens: 100,
    stop: ["END"],
    endUser: "u1",
    serviceTier: "default",
  });
  const { json, losses } = written(call);
  expect(losses).toEqual([]);
  expect(json).toEqual({
    model: NEWEST,
    max_tokens: 100,
    stream: true,
    system: [{ type: "text", text: "Be brief" }],
    messages: [
      { role: "user", content: [{ type: "text", text: "Read a" }] },
      {
        role: "assistant",
        content: [{ type: "tool_use", id: "call_1", name: "Read", input: { path: "a" } }],
      },
      {
        role: "user",
        content: [
          { type: "tool_result", tool_use_id: "call_1", content: [{ type: "text", text: "A" }] },
        ],
      },
      { role: "assistant", content: [{ type: "text", text: "Done" }] },
      {
        role: "user",
        content: [
          { type: "text", text: "Thanks" },
          { type: "image", source: { type: "base64", media_type: "image/png", data: "AAAA" } },
        ],
      },
    ],
    tools: [{ name: "Read", description: "Reads a file", input_schema: SCHEMA }],
    tool_choice: { type: "auto", disable_parallel_tool_use: true },
    stop_sequences: ["END"],
    metadata: { user_id: "u1" },
    service_tier: "standard_only",
  });
});

it("writes no cache hint that the client did not give", () => {
  expect(JSON.stringify(written(neutralCall({ tools: [READ] })).json)).not.toContain("cache");
  const cached = neutralCall({ system: [{ ...textBlock("Long"), cache: "1h" }] });
  expect(written(cached).json.system).toEqual([
    { type: "text", text: "Long", cache_control: { type: "ephemeral", ttl: "1h" } },
  ]);
});

it("makes of another provider's search its own, and finds it by its name", () => {
  const { json, details } = written(
    neutralCall({
      tools: [READ, SEARCH],
      toolChoice: { kind: "tool", name: "google_search", namespace: null },
    }),
    "claude-opus-5",
  );
  expect(json.tools[1]).toEqual({
    type: "web_search_20250305",
    name: "web_search",
    max_uses: 3,
    allowed_domains: ["a.test"],
    user_location: { type: "approximate", city: "Basel", country: "CH" },
  });
  expect(json.tool_choice).toEqual({ type: "tool", name: "web_search" });
  expect(details).toEqual([{ kind: "hosted-tool-options", detail: "blocked domains" }]);
});

it("leaves only the tools that a choice allows", () => {
  const { json } = written(
    neutralCall({
      tools: [READ, PATCH],
      toolChoice: { kind: "allowed", mode: "any", names: ["patch"] },
    }),
    "claude-opus-5",
  );
  expect(json.tools.map(({ name }: { name: string }) => name)).toEqual(["patch"]);
  expect(json.tool_choice).toEqual({ type: "any" });
});

it("leaves the choice to models that cannot be made to call a tool", () => {
  const call = neutralCall({ tools: [READ], toolChoice: { kind: "any" }, parallelTools: false });
  const { json, losses } = written(call);
  expect(json.tool_choice).toEqual({ type: "auto", disable_parallel_tool_use: true });
  expect(losses).toEqual(["tool-choice"]);
});

it("gives a free-text tool one string, in its definition and in the history", () => {
  const { json } = written(
    neutralCall({
      turns: [
        turn("user", "Patch it"),
        turn("assistant", toolCall("call_1", "patch", "*** Begin Patch")),
        turn("user", toolResult("call_1")),
      ],
      tools: [PATCH],
    }),
  );
  expect(json.tools[0].input_schema.required).toEqual(["input"]);
  expect(json.messages[1].content[0].input).toEqual({ input: "*** Begin Patch" });
});

it("keeps a strict tool strict where Anthropic can hold it to its schema", () => {
  const closed = { ...SCHEMA, required: ["path"], additionalProperties: false };
  const strict = neutralCall({ tools: [{ ...READ, strict: true, schema: closed }] });
  expect(written(strict).json.tools[0].strict).toBe(true);
  expect(written(strict, "claude-sonnet-4-0")).toMatchObject({ losses: ["strict-tools"] });
  const open = neutralCall({ tools: [{ ...READ, strict: true }] });
  expect(written(open).json.tools[0]).not.toHaveProperty("strict");
});

it("holds an answer to a schema, and says where it cannot", () => {
  const form = { kind: "schema" as const, name: "a", description: null, strict: true };
  const call = neutralCall({ output: { ...form, schema: SCHEMA } });
  expect(written(call).json.output_config).toEqual({
    format: { type: "json_schema", schema: { ...SCHEMA, additionalProperties: false } },
  });
  expect(written(call, "claude-opus-4-1-20250805")).toMatchObject({
    losses: ["schema-constraints"],
  });
  const recursive = { type: "object", properties: { next: { $ref: "#" } } };
  const refused = written(neutralCall({ output: { ...form, schema: recursive } }));
  expect(refused.json).not.toHaveProperty("output_config");
  expect(refused.losses).toEqual(["schema-constraints"]);
});

it("limits what a client leaves open, by what the model can give", () => {
  expect(written(neutralCall()).json.max_tokens).toBe(32_000);
  expect(written(neutralCall(), "claude-3-5-haiku-20241022").json.max_tokens).toBe(8192);
  expect(written(neutralCall({ maxOutputTokens: 7 })).json.max_tokens).toBe(7);
  expect(written(neutralCall(), "another-maker").json.max_tokens).toBe(32_000);
});

it("makes a tool's search of another protocol's history disappear as a pair", () => {
  const { json, losses } = written(
    neutralCall({
      turns: [
        turn("user", "Find it"),
        turn(
          "assistant",
          { kind: "hosted-call", tool: "web-search", id: "srvtoolu_1", name: "s", input: "{}" },
          {
            kind: "hosted-result",
            tool: "web-search",
            callId: "srvtoolu_1",
            hits: [],
            error: null,
          },
          "Found",
        ),
      ],
    }),
    "claude-sonnet-4-5",
  );
  expect(json.messages[1].content).toEqual([{ type: "text", text: "Found" }]);
  expect(losses).toContain("hosted-tool");
});
