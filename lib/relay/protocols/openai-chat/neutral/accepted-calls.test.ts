import { afterAll, beforeAll, expect, it } from "vitest";
import { FAKE_OPENAI_KEY } from "../../../../testing/upstream/keys";
import { type FakeUpstream, startFakeUpstream } from "../../../../testing/upstream/server";
import { type NeutralCall, NO_SAMPLING, type Reasoning, type Tool } from "../../../neutral";
import type { Block } from "../../../neutral-blocks";
import { neutralCall, textBlock, toolCall, toolResult, turn } from "../../../testing/neutral-call";
import { chatTranslator } from "./translator";

let upstream: FakeUpstream;
beforeAll(async () => {
  upstream = await startFakeUpstream();
});
afterAll(() => upstream.close());

const READ: Tool = {
  kind: "function",
  name: "Read",
  description: "Reads a file",
  schema: { type: "object", properties: { path: { type: "string" } } },
  strict: true,
  deferred: true,
  namespace: null,
  cache: "5m",
};
const PATCH: Tool = {
  kind: "custom",
  name: "patch",
  description: null,
  format: { type: "grammar", syntax: "lark", definition: "start: /a/" },
};
const SEARCH: Tool = {
  kind: "hosted",
  tool: "web-search",
  name: "web_search_20250305",
  maxUses: 3,
  allowedDomains: ["a.test"],
  blockedDomains: null,
  location: { city: "Basel", region: null, country: "CH", timezone: null },
};
const REASONING: Reasoning = {
  enabled: true,
  effort: "max",
  budgetTokens: null,
  show: true,
  summary: null,
};
const PNG: Block = {
  kind: "image",
  source: { kind: "data", mime: "image/png", base64: "AAAA" },
  detail: "original",
  cache: null,
};
const PDF: Block = {
  kind: "document",
  source: { kind: "data", mime: "application/pdf", base64: "AAAA" },
  name: null,
  cache: null,
};
const shown: Block = {
  kind: "tool-result",
  callId: "call_1",
  name: "Read",
  isError: true,
  content: [textBlock("A"), PNG as Extract<Block, { kind: "image" }>],
  cache: null,
};
const LOOP = [
  turn("user", "Read a"),
  turn("assistant", "I will.", toolCall("call_1"), toolCall("call_2", "patch", "*** Begin")),
  turn("user", toolResult("call_2", "B"), "And?", shown),
];

/** Calls as other protocols bring them, each with something that OpenAI would refuse as it is. */
const CALLS: Record<string, Partial<NeutralCall>> = {
  "instructions only": { system: [textBlock("Be brief"), textBlock("")] },
  "a loop of tools": { turns: LOOP, tools: [READ, PATCH] },
  "a loop whose tools are gone": { turns: LOOP, parallelTools: true, toolChoice: { kind: "auto" } },
  "a system message between call and result": {
    turns: [...LOOP.slice(0, 2), turn("system", "Careful"), ...LOOP.slice(2)],
    tools: [READ, PATCH],
  },
  "a call without a result": { turns: [...LOOP.slice(0, 2), turn("user", "Stop")], tools: [READ] },
  "a result without a call": { turns: LOOP.slice(2), tools: [READ] },
  "thoughts only": {
    turns: [
      turn("user", "Hi"),
      turn("assistant", { kind: "thinking", text: "Hm", signature: "s" }),
      turn("user", "Go on"),
    ],
  },
  "empty texts": { turns: [turn("user", "", "Hi"), turn("assistant", ""), turn("user", "Go on")] },
  "images and files": { turns: [turn("user", PNG, PDF), turn("system", PNG, "Look")] },
  "a hosted search": { tools: [SEARCH], toolChoice: { kind: "auto" } },
  "a choice": {
    tools: [READ, PATCH],
    toolChoice: { kind: "tool", name: "patch", namespace: null },
  },
  "allowed tools": {
    tools: [READ, PATCH],
    toolChoice: { kind: "allowed", mode: "auto", names: ["Read"] },
  },
  sampling: {
    sampling: { ...NO_SAMPLING, temperature: 0.2, topP: 0.5, topK: 3, frequencyPenalty: 1 },
    stop: ["a", "b", "c", "d", "e"],
    logprobs: { top: 2 },
    candidates: 2,
  },
  reasoning: { reasoning: REASONING, sampling: { ...NO_SAMPLING, temperature: 0.2 } },
  "reasoning beside tools": { reasoning: REASONING, tools: [READ] },
  "reasoning off": { reasoning: { ...REASONING, enabled: false, effort: null }, tools: [READ] },
  "plain JSON": { output: { kind: "json" } },
  "a schema": {
    output: {
      kind: "schema",
      name: "my schema",
      description: null,
      schema: { type: "object", properties: { a: { type: "string" } } },
      strict: true,
    },
  },
  "a long answer": { maxOutputTokens: 64_000, stream: true, verbosity: "low" },
};
const MODELS = [
  "gpt-6-astra",
  "gpt-5.6-sol",
  "gpt-5.4",
  "gpt-5.2",
  "gpt-5.1",
  "gpt-5-mini",
  "gpt-5-chat-latest",
  "o3",
  "gpt-4.1",
  "gpt-4o",
  "gpt-4o-search-preview",
];

it("writes calls that OpenAI takes, whatever the model", async () => {
  const refused: string[] = [];
  for (const [what, changes] of Object.entries(CALLS)) {
    for (const model of MODELS) {
      const { body } = chatTranslator.writeCall(neutralCall(changes), {
        model,
        action: "generate",
      });
      const response = await fetch(`${upstream.url}/v1/chat/completions`, {
        method: "POST",
        headers: { authorization: `Bearer ${FAKE_OPENAI_KEY}`, "content-type": "application/json" },
        body: Buffer.from(body),
      });
      const said = await response.text();
      if (response.status !== 200) refused.push(`${what}, ${model}: ${said}`);
    }
  }
  expect(refused).toEqual([]);
});

it("reads what OpenAI answers, streamed or not", async () => {
  for (const stream of [false, true]) {
    const call = neutralCall({ stream, tools: [READ], toolChoice: { kind: "any" } });
    const { body } = chatTranslator.writeCall(call, { model: "gpt-4.1", action: "generate" });
    const response = await fetch(`${upstream.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${FAKE_OPENAI_KEY}`, "content-type": "application/json" },
      body: Buffer.from(body),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const reader = chatTranslator.readEvents("sse");
    const events = stream ? [...reader.push(bytes), ...reader.end()] : [];
    if (stream) expect(events.at(-1)).toMatchObject({ kind: "finish", reason: "tool-calls" });
    else expect(chatTranslator.readAnswer(bytes).finish).toBe("tool-calls");
  }
});
