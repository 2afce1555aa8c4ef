import { expect, it } from "vitest";
import type { Tool, ToolChoice } from "../../../neutral";
import { NO_SAMPLING } from "../../../neutral";
import { decode } from "../../../stream/bytes";
import { functionTool, geminiCall, geminiCount, hostedTool } from "../../../testing/gemini-call";
import { neutralCall, textBlock } from "../../../testing/neutral-call";
import { codeAssistTranslator } from "../code-assist/translator";
import { geminiTranslator } from "./translator";

it("sends functions with schemas that Google reads", () => {
  const schema = {
    $schema: "http://json-schema.org/draft-07/schema#",
    type: "object",
    properties: { n: { type: "integer", exclusiveMinimum: 0 } },
    additionalProperties: false,
  };
  const custom: Tool = { kind: "custom", name: "patch", description: "Edits.", format: null };
  const { tools, toolConfig } = geminiCall({
    tools: [functionTool(schema), functionTool(null, "Now"), custom],
    toolChoice: { kind: "auto" },
  });
  expect(tools).toEqual([
    {
      functionDeclarations: [
        {
          name: "Read",
          parametersJsonSchema: {
            type: "object",
            properties: { n: { type: "integer", minimum: 1 } },
            additionalProperties: false,
          },
        },
        { name: "Now" },
        {
          name: "patch",
          description: "Edits.",
          parametersJsonSchema: {
            type: "object",
            properties: { input: { type: "string" } },
            required: ["input"],
          },
        },
      ],
    },
  ]);
  expect(toolConfig).toEqual({ functionCallingConfig: { mode: "AUTO" } });
});

it("knows every form of choosing tools", () => {
  const configOf = (toolChoice: ToolChoice) =>
    geminiCall({ tools: [functionTool(null)], toolChoice }).toolConfig?.functionCallingConfig;
  expect(configOf({ kind: "any" })).toEqual({ mode: "ANY" });
  expect(configOf({ kind: "none" })).toEqual({ mode: "NONE" });
  expect(configOf({ kind: "tool", name: "Read", namespace: null })).toEqual({
    mode: "ANY",
    allowedFunctionNames: ["Read"],
  });
  expect(configOf({ kind: "allowed", mode: "auto", names: ["Read"] })).toEqual({
    mode: "VALIDATED",
    allowedFunctionNames: ["Read"],
  });
});

it("uses Google's search for any other, and forgets a choice that only names it", () => {
  const search = hostedTool("web-search", "web_search_20250305");
  const toolChoice = { kind: "tool", name: search.name, namespace: null } as const;
  const alone = geminiCall({ tools: [search], toolChoice });
  expect(alone).toMatchObject({ tools: [{ googleSearch: {} }], losses: [] });
  expect(alone.toolConfig).toBeUndefined();
  const bounded = { ...search, maxUses: 3, allowedDomains: ["a.com"] } as Tool;
  expect(geminiCall({ tools: [bounded] }).losses).toEqual([
    { kind: "hosted-tool-options", detail: "maxUses" },
    { kind: "hosted-tool-options", detail: "allowedDomains" },
  ]);
  expect(geminiCall({ tools: [hostedTool("other", "computer_20250124")] }).losses).toEqual([
    { kind: "hosted-tool", detail: "computer_20250124" },
  ]);
});

it("puts functions and Google's tools together since 3 only", () => {
  const search = hostedTool("web-search", "web_search");
  const tools = [functionTool(null), search, hostedTool("code-execution", "code_interpreter")];
  const newer = geminiCall({ tools }, "gemini-3-pro-preview");
  expect(newer.tools.slice(1)).toEqual([{ googleSearch: {} }, { codeExecution: {} }]);
  expect(newer.toolConfig).toEqual({ includeServerSideToolInvocations: true });
  const older = geminiCall({ tools });
  expect(older.tools).toEqual([{ functionDeclarations: [{ name: "Read" }] }]);
  expect(older.losses).toEqual([{ kind: "hosted-tool", detail: "googleSearch, codeExecution" }]);
  const forced = { kind: "tool", name: "web_search", namespace: null } as const;
  expect(geminiCall({ tools: [functionTool(null), search], toolChoice: forced }).tools).toEqual([
    { googleSearch: {} },
  ]);
});

it("sends settings, bounded as Google bounds them", () => {
  const { generationConfig, serviceTier, losses } = geminiCall({
    maxOutputTokens: 128_000,
    sampling: { ...NO_SAMPLING, temperature: 0, topK: 3, seed: 7 },
    stop: ["a", "b", "c", "d", "e", "f"],
    candidates: 2,
    logprobs: { top: 3 },
    output: { kind: "json" },
    serviceTier: "default",
  });
  expect(generationConfig).toEqual({
    maxOutputTokens: 65_536,
    temperature: 0,
    topK: 3,
    seed: 7,
    stopSequences: ["a", "b", "c", "d", "e"],
    candidateCount: 2,
    responseLogprobs: true,
    logprobs: 3,
    responseMimeType: "application/json",
  });
  expect(serviceTier).toBe("standard");
  expect(losses).toEqual([{ kind: "stop-sequences", detail: "stop" }]);
  expect(geminiCall({ maxOutputTokens: 9000 }, "gemini-2.0-flash").generationConfig).toEqual({
    maxOutputTokens: 8192,
  });
});

it("sends an output's schema, but before 3 not beside functions", () => {
  const output = {
    kind: "schema",
    name: "answer",
    description: null,
    schema: { type: "object", properties: { ok: { const: true } } },
    strict: true,
  } as const;
  const alone = geminiCall({ output });
  expect(alone.generationConfig).toEqual({
    responseMimeType: "application/json",
    responseJsonSchema: { type: "object", properties: { ok: {} } },
  });
  expect(alone.losses).toEqual([{ kind: "schema-constraints", detail: "const" }]);
  const beside = { output, tools: [functionTool(null)] };
  expect(geminiCall(beside, "gemini-3-pro-preview").generationConfig).toBeDefined();
  expect(geminiCall(beside).generationConfig).toBeUndefined();
});

it("names whatever it has no field for, once", () => {
  const { losses } = geminiCall({
    system: [
      { ...textBlock("x"), cache: "1h" },
      { ...textBlock("y"), cache: "1h" },
    ],
    parallelTools: false,
    endUser: "u",
    verbosity: "low",
    serviceTier: "scale",
    extra: { protocol: "anthropic", fields: { container: "c", mcp_servers: [] } },
    tools: [{ ...functionTool(null), strict: true } as Tool],
  });
  expect(losses.map(({ kind }: { kind: string }) => kind).sort()).toEqual([
    "cache-hint",
    "metadata",
    "other-fields",
    "parallel-switch",
    "service-tier",
    "strict-tools",
    "verbosity",
  ]);
  expect(losses).toContainEqual({ kind: "other-fields", detail: "container, mcp_servers" });
});

it("reports only losses that are known with their reasons", () => {
  const { losses } = geminiTranslator;
  for (const known of [...Object.values(losses.call), ...Object.values(losses.answer)]) {
    expect(known?.see).toMatch(/^https:\/\//);
    expect(known?.why).toMatch(/\.$/);
  }
});

it("counts instructions and tools too", () => {
  const call = neutralCall({ system: [textBlock("Be brief.")], tools: [functionTool(null)] });
  const target = { model: "gemini-2.5-flash", action: "count" } as const;
  expect(geminiCount(call).generateContentRequest).toMatchObject({
    model: "models/gemini-2.5-flash",
    systemInstruction: { parts: [{ text: "Be brief." }] },
    tools: [{ functionDeclarations: [{ name: "Read" }] }],
  });
  const wrapped = JSON.parse(decode(codeAssistTranslator.writeCall(call, target).body));
  expect(wrapped).toEqual({
    request: {
      model: "models/gemini-2.5-flash",
      contents: [
        {
          role: "user",
          parts: [{ text: "Be brief." }, { text: '{"functionDeclarations":[{"name":"Read"}]}' }],
        },
        { role: "user", parts: [{ text: "Hello" }] },
      ],
    },
  });
});
