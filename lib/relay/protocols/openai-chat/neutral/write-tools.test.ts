import { expect, it } from "vitest";
import type { NeutralCall, Tool, ToolChoice } from "../../../neutral";
import { decode } from "../../../stream/bytes";
import { neutralCall } from "../../../testing/neutral-call";
import { writeCall } from "./write-call";

const FIND: Extract<Tool, { kind: "function" }> = {
  kind: "function",
  name: "find",
  description: "Finds",
  schema: { type: "object", properties: { q: { type: "string" } } },
  strict: null,
  deferred: true,
  namespace: null,
  cache: null,
};
const PATCH: Tool = {
  kind: "custom",
  name: "patch",
  description: "Patches",
  format: { type: "grammar", syntax: "lark", definition: "start: /a/" },
};
const SEARCH: Tool = {
  kind: "hosted",
  tool: "web-search",
  name: "web_search_20250305",
  maxUses: 3,
  allowedDomains: ["a.test"],
  blockedDomains: null,
  location: { city: "Bonn", region: null, country: "DE", timezone: null },
};
const written = (changes: Partial<NeutralCall>, model = "gpt-5.2") => {
  const { body, losses } = writeCall(neutralCall(changes), { model, action: "generate" });
  return {
    body: JSON.parse(decode(body)),
    lost: losses.map(({ kind, detail }) => `${kind}: ${detail}`),
  };
};

it("writes functions, strict only where it is asked for and the schema fits", () => {
  const closed = { type: "object", properties: {}, required: [], additionalProperties: false };
  const tools: Tool[] = [
    FIND,
    { ...FIND, name: "strict", strict: true, schema: closed },
    { ...FIND, name: "lax", strict: true },
    { ...FIND, name: "bare", schema: null, description: null },
    { ...FIND, name: "loose", schema: {}, description: null, strict: false },
  ];
  const { body, lost } = written({ tools });
  const found = body.tools.map((tool: { function: object }) => tool.function);
  expect(found).toEqual([
    { name: "find", description: "Finds", parameters: FIND.schema },
    { name: "strict", description: "Finds", parameters: closed, strict: true },
    { name: "lax", description: "Finds", parameters: FIND.schema },
    { name: "bare" },
    { name: "loose", parameters: { type: "object", properties: {} } },
  ]);
  expect(lost).toEqual(["strict-tools: strict"]);
});

it("writes free text tools as they are where the model knows them, else as functions", () => {
  const { format: _, kind: __, ...named } = PATCH as Extract<Tool, { kind: "custom" }>;
  const grammar = { syntax: "lark", definition: "start: /a/" };
  expect(written({ tools: [PATCH] }).body.tools).toEqual([
    { type: "custom", custom: { ...named, format: { type: "grammar", grammar } } },
  ]);
  const [tool] = written({ tools: [PATCH] }, "llama-4").body.tools;
  expect(tool.function).toMatchObject({
    ...named,
    parameters: { properties: { input: { type: "string" } }, required: ["input"] },
  });
});

it("searches with the models made for it, and with no other", () => {
  const { body, lost } = written({ tools: [SEARCH] }, "gpt-4o-search-preview");
  expect(body.web_search_options).toEqual({
    user_location: { type: "approximate", approximate: { city: "Bonn", country: "DE" } },
  });
  expect(lost).toEqual(["hosted-tool-options: max_uses", "hosted-tool-options: allowed_domains"]);
  expect(body).not.toHaveProperty("tools");
  const other = written({ tools: [SEARCH] });
  expect(other.body).not.toHaveProperty("web_search_options");
  expect(other.lost).toEqual(["hosted-tool: web_search_20250305"]);
});

it("writes every choice of tools", () => {
  const choice = (toolChoice: ToolChoice, model?: string) => {
    const { body, lost } = written({ tools: [FIND, PATCH, SEARCH], toolChoice }, model);
    return [body.tool_choice, ...lost.filter((one) => one.startsWith("tool-choice"))];
  };
  const named = (name: string) => ({ kind: "tool", name, namespace: null }) as const;
  const find = { type: "function", function: { name: "find" } };
  const patch = { type: "custom", custom: { name: "patch" } };
  expect(choice({ kind: "any" })).toEqual(["required"]);
  expect(choice(named("find"))).toEqual([find]);
  expect(choice(named("patch"))).toEqual([patch]);
  expect(choice(named("patch"), "llama-4")).toEqual([
    { type: "function", function: { name: "patch" } },
  ]);
  expect(choice(named("web_search_20250305"))).toEqual([
    "auto",
    "tool-choice: web_search_20250305",
  ]);
  const allowed = { kind: "allowed", mode: "any", names: ["find", "patch"] } as const;
  expect(choice(allowed)).toEqual([
    { type: "allowed_tools", allowed_tools: { mode: "required", tools: [find, patch] } },
  ]);
  expect(choice(allowed, "llama-4")).toEqual(["required", "tool-choice: allowed tools"]);
});

it("says nothing of tools where there are none, and of several at once where no switch is", () => {
  const asked = { toolChoice: { kind: "none" }, parallelTools: false } as const;
  const { body } = written(asked);
  expect(Object.keys(body)).toEqual(["model", "messages"]);
  expect(written({ ...asked, tools: [FIND] }).body.parallel_tool_calls).toBe(false);
  expect(written({ ...asked, tools: [FIND] }, "o3").lost).toEqual([
    "parallel-switch: parallel_tool_calls",
  ]);
});

it("names the fields that only another protocol knows", () => {
  const extra = { protocol: "anthropic", fields: { input_examples: [], type: "custom" } } as const;
  const { lost } = written({
    tools: [{ ...FIND, extra, cache: "5m" }],
    extra: { protocol: "anthropic", fields: { container: {} } },
  });
  expect(lost).toEqual([
    "other-fields: container",
    "other-fields: tools: input_examples",
    "cache-hint: cache_control",
  ]);
});
