import type { NeutralCall, Tool, ToolChoice } from "../../../neutral";
import type { Lose } from "../../loss-list";
import { isStrictSchema } from "../../openai-strict-schema";
import { type Fields, stated } from "../../own-extra";
import type { ModelTraits } from "./model-traits";
import { isOwn, ownFields } from "./own-extra";
import { SEARCH_FIELD } from "./read-tools";

/** Tools in this protocol's form; the search has a field of its own. */
export function writeTools(tools: readonly Tool[], traits: ModelTraits, lose: Lose): Fields {
  const written = tools.flatMap((tool) => writeTool(tool, traits, lose) ?? []);
  const search = tools.find((tool) => isSearchField(tool, traits));
  return {
    ...(written.length > 0 ? { tools: written } : {}),
    ...(search?.kind === "hosted" ? { [SEARCH_FIELD]: searchOptions(search, lose) } : {}),
  };
}

type Hosted = Extract<Tool, { kind: "hosted" }>;

function isSearchField(tool: Tool, { searches }: ModelTraits): boolean {
  if (tool.kind !== "hosted") return false;
  return isOwn(tool.extra) ? tool.name === SEARCH_FIELD : tool.tool === "web-search" && searches;
}

function writeTool(tool: Tool, traits: ModelTraits, lose: Lose): Fields | null {
  if (tool.kind === "hosted") return writeHosted(tool, traits, lose);
  return tool.kind === "custom" ? writeCustom(tool, traits) : writeFunction(tool, lose);
}

function writeFunction(tool: Extract<Tool, { kind: "function" }>, lose: Lose): Fields {
  const { name, description, extra } = tool;
  const parameters = parametersOf(tool);
  const strict = strictOf(tool, lose);
  const declared = { name, ...stated({ description, parameters, strict }) };
  return { type: "function", function: { ...declared, ...ownFields(extra) } };
}

/** A schema that does not say that it is an object's is refused. */
function parametersOf({ schema }: Extract<Tool, { kind: "function" }>): Fields | null {
  if (schema === null || schema.type === "object") return schema;
  return { properties: {}, ...schema, type: "object" };
}

/** Without a word strictness is off here; with one it refuses schemas that other protocols take. */
function strictOf({ strict, schema, extra }: Extract<Tool, { kind: "function" }>, lose: Lose) {
  if (isOwn(extra)) return strict;
  if (strict !== true) return null;
  if (isStrictSchema(schema)) return true;
  lose("strict-tools", "strict");
  return null;
}

function writeCustom(
  { name, description, format, extra }: Extract<Tool, { kind: "custom" }>,
  { customTools }: ModelTraits,
): Fields {
  if (!customTools) {
    const declared = { name, ...stated({ description }), parameters: FREE_TEXT };
    return { type: "function", function: declared };
  }
  const custom = { name, ...stated({ description, format: format && writeFormat(format) }) };
  return { type: "custom", custom: { ...custom, ...ownFields(extra) } };
}

const FREE_TEXT = {
  type: "object",
  properties: { input: { type: "string" } },
  required: ["input"],
};

function writeFormat({ type, ...grammar }: Fields): Fields {
  return type === "grammar" ? { type, grammar } : { type, ...grammar };
}

function writeHosted(tool: Hosted, traits: ModelTraits, lose: Lose): Fields | null {
  if (isSearchField(tool, traits)) return null;
  if (isOwn(tool.extra)) return { type: tool.name, ...ownFields(tool.extra) };
  lose("hosted-tool", tool.name);
  return null;
}

/** @see https://platform.openai.com/docs/guides/tools-web-search?api-mode=chat */
function searchOptions({ location, extra, ...bounds }: Hosted, lose: Lose): Fields {
  if (bounds.maxUses !== null) lose("hosted-tool-options", "max_uses");
  if (bounds.allowedDomains !== null) lose("hosted-tool-options", "allowed_domains");
  if (bounds.blockedDomains !== null) lose("hosted-tool-options", "blocked_domains");
  const approximate = location && stated({ ...location });
  return {
    ...ownFields(extra),
    ...(approximate ? { user_location: { type: "approximate", approximate } } : {}),
  };
}

/** The choice in this protocol's form; null when the call leaves it to the rule. */
export function writeToolChoice(
  { toolChoice, tools }: NeutralCall,
  traits: ModelTraits,
  lose: Lose,
): unknown {
  if (toolChoice === null) return null;
  if (toolChoice.kind === "tool") return chosen(toolChoice.name, tools, traits, lose);
  if (toolChoice.kind !== "allowed") return PLAIN[toolChoice.kind];
  return allowed(toolChoice, tools, traits, lose);
}

const PLAIN = { auto: "auto", none: "none", any: "required" } as const;

function chosen(name: string, tools: readonly Tool[], traits: ModelTraits, lose: Lose): unknown {
  const tool = named(name, tools, traits);
  if (tool) return tool;
  lose("tool-choice", name);
  return "auto";
}

/** Servers of other makers know no list of allowed tools. */
function allowed(
  { mode, names }: Extract<ToolChoice, { kind: "allowed" }>,
  tools: readonly Tool[],
  traits: ModelTraits,
  lose: Lose,
): unknown {
  const listed = names.flatMap((name) => named(name, tools, traits) ?? []);
  const word = mode === "any" ? "required" : "auto";
  if (traits.isOpenai && listed.length > 0) {
    return { type: "allowed_tools", allowed_tools: { mode: word, tools: listed } };
  }
  lose("tool-choice", "allowed tools");
  return word;
}

/** A tool of the call as a choice names it; null when it has none of that name. */
function named(name: string, tools: readonly Tool[], { customTools }: ModelTraits): Fields | null {
  const tool = tools.find((one) => one.kind !== "hosted" && one.name === name);
  if (!tool) return null;
  if (tool.kind === "custom" && customTools) return { type: "custom", custom: { name } };
  return { type: "function", function: { name } };
}
