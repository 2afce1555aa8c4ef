import { afterAll, beforeAll, expect, it } from "vitest";
import { FAKE_ANTHROPIC_KEY } from "../../../../testing/upstream/keys";
import { type FakeUpstream, startFakeUpstream } from "../../../../testing/upstream/server";
import type { NeutralCall, Reasoning, Tool } from "../../../neutral";
import type { Block } from "../../../neutral-blocks";
import { decode } from "../../../stream/bytes";
import { neutralCall, textBlock, toolCall, toolResult, turn } from "../../../testing/neutral-call";
import { writeCall } from "./write-call";

let upstream: FakeUpstream;
beforeAll(async () => {
  upstream = await startFakeUpstream();
});
afterAll(() => upstream.close());

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

function written(call: NeutralCall, model: string, action: "generate" | "count" = "generate") {
  return JSON.parse(decode(writeCall(call, { model, action }).body));
}

async function answered(json: unknown, path = "/v1/messages") {
  const response = await fetch(`${upstream.url}${path}`, {
    method: "POST",
    headers: { "x-api-key": FAKE_ANTHROPIC_KEY, "anthropic-version": "2023-06-01" },
    body: JSON.stringify(json),
  });
  return { status: response.status, said: await response.text() };
}

/** Calls as other protocols bring them, each with something that Anthropic would refuse as it is. */
const CALLS: Record<string, Partial<NeutralCall>> = {
  "no message at all": { turns: [], system: [textBlock("Be brief")] },
  "instructions as first messages": { turns: [turn("system", "Be brief"), turn("user", "Hi")] },
  "an assistant first": { turns: [turn("assistant", "Hello"), turn("user", "Hi")] },
  "an assistant last": { turns: [turn("user", "Hi"), turn("assistant", "Well, ")] },
  "empty texts": { turns: [turn("user", "", "Hi"), turn("assistant", ""), turn("user", "Go on")] },
  "a system message between call and result": {
    turns: [...LOOP.slice(0, 2), turn("system", "Careful"), ...LOOP.slice(2)],
    tools: [READ],
  },
  "system messages in a row": {
    turns: [turn("user", "a"), turn("system", "b"), turn("system", "c"), turn("user", "d")],
  },
  "a result behind text": {
    turns: [...LOOP.slice(0, 2), turn("user", "Here:", toolResult("call_1", "A"))],
    tools: [READ],
  },
  "results in turns of their own": {
    turns: [
      turn("user", "Read both"),
      turn("assistant", toolCall("call_1")),
      turn("assistant", toolCall("call_2")),
      turn("user", toolResult("call_1", "A")),
      turn("user", toolResult("call_2", "B")),
    ],
    tools: [READ],
  },
  "a call without a result": { turns: [...LOOP.slice(0, 2), turn("user", "Never mind")] },
  "a result without a call": { turns: [turn("user", toolResult("call_9", "A"))] },
  "two results of one call": {
    turns: [...LOOP, turn("user", toolResult("call_1", "again"))],
    tools: [READ],
  },
  "a free-text call": {
    turns: [
      turn("user", "Patch it"),
      turn("assistant", toolCall("call_1", "patch", "*** Begin Patch")),
      turn("user", toolResult("call_1")),
    ],
    tools: [PATCH],
  },
  "thoughts of another provider": {
    turns: [
      turn("user", "Hi"),
      turn("assistant", { kind: "thinking", text: "Hm", signature: null }, "Hello"),
      turn("user", "Go on"),
    ],
  },
  "searches of another provider": {
    turns: [
      turn("user", "Find it"),
      turn(
        "assistant",
        {
          kind: "hosted-call",
          tool: "web-search",
          id: "ws_1",
          name: "web_search_call",
          input: "{}",
        },
        { kind: "hosted-result", tool: "web-search", callId: "ws_1", hits: [], error: null },
        "Found",
      ),
      turn("user", "Thanks"),
    ],
    tools: [SEARCH],
  },
  "a tool without a schema": { tools: [{ ...READ, schema: null }] },
  "alternatives at a schema's root": { tools: [{ ...READ, schema: { anyOf: [SCHEMA] } }] },
  "a choice without tools": { toolChoice: { kind: "any" }, parallelTools: false },
  "a choice of a tool that cannot be sent": {
    tools: [READ, { ...SEARCH, tool: "other", name: "file_search" }],
    toolChoice: { kind: "tool", name: "file_search", namespace: null },
  },
  "a huge limit": { maxOutputTokens: 900_000 },
  "a budget with a small limit": {
    maxOutputTokens: 3000,
    reasoning: { ...REASONING, budgetTokens: 8000 },
  },
  "a forced tool": { tools: [READ], toolChoice: { kind: "any" } },
  "an image of an answer, and blank text": {
    turns: [turn("user", "Draw", " "), turn("assistant", "Here", PNG), turn("user", "Nice")],
  },
  "thoughts switched off": { reasoning: { ...REASONING, enabled: false, effort: "max" } },
  "an image and a text file": {
    turns: [
      turn("user", PNG, {
        kind: "document",
        source: { kind: "data", mime: "text/csv", base64: "YSxi" },
        name: "t.csv",
        cache: null,
      }),
    ],
  },
};

const MODELS = [
  NEWEST,
  "claude-sonnet-5-5",
  "claude-opus-4-6",
  "claude-sonnet-4-5",
  "claude-3-5-haiku-20241022",
];

it.each(Object.entries(CALLS))("writes a call that is accepted: %s", async (_, changes) => {
  for (const model of MODELS) {
    const json = written(neutralCall(changes), model);
    expect(await answered(json), model).toMatchObject({ status: 200 });
    const count = written(neutralCall(changes), model, "count");
    expect(await answered(count, "/v1/messages/count_tokens"), model).toMatchObject({
      status: 200,
    });
  }
});
