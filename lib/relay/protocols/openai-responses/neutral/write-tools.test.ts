import { expect, it } from "vitest";
import type { NeutralCall, Tool } from "../../../neutral";
import { decode } from "../../../stream/bytes";
import { neutralCall } from "../../../testing/neutral-call";
import { responsesTranslator } from "./translator";

const written = (
  call: Partial<NeutralCall>,
  model = "gpt-5.5",
  action: "generate" | "count" = "generate",
) => {
  const { body, losses } = responsesTranslator.writeCall(neutralCall(call), { model, action });
  return { body: JSON.parse(decode(body)), losses };
};

const FUNCTION: Tool = {
  kind: "function",
  name: "find",
  description: "Finds.",
  schema: { type: "object", properties: { q: { type: "string" } } },
  strict: null,
  deferred: true,
  namespace: null,
  cache: null,
};
const SEARCH: Tool = {
  kind: "hosted",
  tool: "web-search",
  name: "web_search_20250305",
  maxUses: 5,
  allowedDomains: ["a.test"],
  blockedDomains: null,
  location: { city: "Bonn", region: null, country: "DE", timezone: null },
};

it("writes tools, strict only where it is asked for and the schema fits", () => {
  const grouped: Tool = { ...FUNCTION, name: "read", namespace: "files" };
  const strict: Tool = { ...FUNCTION, name: "strict", strict: true };
  const bare: Tool = { ...FUNCTION, name: "bare", schema: null, description: null };
  const custom: Tool = {
    kind: "custom",
    name: "patch",
    description: null,
    format: { type: "text" },
  };
  const tools = [FUNCTION, grouped, strict, bare, custom, { ...grouped, name: "list" }, SEARCH];
  const { body, losses } = written({ tools });
  const find = { type: "function", name: "find", description: "Finds.", strict: false };
  const { parameters } = body.tools[0];
  expect(parameters).toEqual(FUNCTION.schema);
  expect(body.tools).toEqual([
    { ...find, parameters },
    {
      type: "namespace",
      name: "files",
      description: "files",
      tools: [
        { ...find, name: "read", parameters },
        { ...find, name: "list", parameters },
      ],
    },
    { ...find, name: "strict", parameters },
    {
      type: "function",
      name: "bare",
      parameters: { type: "object", properties: {} },
      strict: false,
    },
    { type: "custom", name: "patch", format: { type: "text" } },
    {
      type: "web_search",
      filters: { allowed_domains: ["a.test"] },
      user_location: { type: "approximate", city: "Bonn", country: "DE" },
    },
  ]);
  expect(body.max_tool_calls).toBe(5);
  expect(losses).toEqual([{ kind: "strict-tools", detail: "strict" }]);
});

it("names what of provider-run tools is left out", () => {
  const code: Tool = { ...SEARCH, tool: "code-execution", name: "code_execution", maxUses: null };
  const fetch: Tool = { ...SEARCH, tool: "web-fetch", name: "web_fetch", maxUses: null };
  const { body, losses } = written({ tools: [SEARCH, code, fetch] });
  expect(body.tools[1]).toEqual({ type: "code_interpreter", container: { type: "auto" } });
  expect(body).not.toHaveProperty("max_tool_calls");
  expect(losses.map(({ kind }) => kind)).toEqual(["hosted-tool", "hosted-tool-options"]);
});

it("writes every form of tool choice", () => {
  const chosen = (toolChoice: NeutralCall["toolChoice"]) =>
    written({ tools: [FUNCTION, SEARCH], toolChoice }).body.tool_choice;
  expect(chosen({ kind: "any" })).toBe("required");
  expect(chosen({ kind: "none" })).toBe("none");
  expect(chosen({ kind: "tool", name: "find", namespace: null })).toEqual({
    type: "function",
    name: "find",
  });
  expect(chosen({ kind: "tool", name: SEARCH.name, namespace: null })).toEqual({
    type: "web_search",
  });
  expect(chosen({ kind: "tool", name: "gone", namespace: null })).toBe("auto");
  expect(chosen({ kind: "allowed", mode: "any", names: ["find"] })).toEqual({
    type: "allowed_tools",
    mode: "required",
    tools: [{ type: "function", name: "find" }],
  });
  expect(written({ toolChoice: { kind: "any" } }).body).not.toHaveProperty("tool_choice");
});
