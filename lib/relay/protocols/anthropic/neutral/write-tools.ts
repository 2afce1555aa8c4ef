import type { NeutralCall, Tool } from "../../../neutral";
import type { Lose } from "../../loss-list";
import { cacheFields } from "./cache-control";
import { HOSTED_TYPES } from "./hosted-kinds";
import { loseForeign } from "./lose-foreign";
import type { ModelTraits } from "./model-traits";
import { limitSchema } from "./schema-limits";
import { isObject, type Json, keptWhole, ownFields } from "./wire";

/** A tool and the neutral name that a choice knows it by. */
interface WrittenTool {
  neutral: string;
  json: Json;
}

interface ToolContext {
  lose: Lose;
  traits: ModelTraits;
}

/**
 * Tools of a call. A choice among some of them leaves only those.
 * @see https://docs.claude.com/en/docs/agents-and-tools/tool-use/implement-tool-use
 */
export function writeTools(call: NeutralCall, traits: ModelTraits, lose: Lose): WrittenTool[] {
  const { toolChoice, tools } = call;
  const allowed = toolChoice?.kind === "allowed" ? new Set(toolChoice.names) : null;
  const context = { lose, traits };
  return tools
    .filter(({ name }) => allowed === null || allowed.has(name))
    .flatMap((tool) => {
      loseForeign(tool.extra, lose);
      const json = writeTool(tool, context);
      return json ? [{ neutral: tool.name, json }] : [];
    });
}

function writeTool(tool: Tool, context: ToolContext): Json | null {
  const whole = tool.kind === "function" ? keptWhole(tool.extra) : null;
  if (whole) return whole;
  if (tool.kind === "function") return writeFunction(tool, context);
  return tool.kind === "custom" ? writeCustom(tool, context.lose) : writeHosted(tool, context.lose);
}

function writeFunction(tool: Tool & { kind: "function" }, context: ToolContext): Json {
  const { name, description, cache, extra } = tool;
  return {
    name,
    ...(description === null ? {} : { description }),
    input_schema: inputSchema(tool, context.lose),
    ...(isStrict(tool, context) ? { strict: true } : {}),
    ...cacheFields(cache),
    ...ownFields(extra),
  };
}

const REFUSED_AT_ROOT = ["oneOf", "anyOf", "allOf"];

/** The root must be a plain object. */
function inputSchema({ name, schema }: Tool & { kind: "function" }, lose: Lose): Json {
  const given = Object.entries(schema ?? {});
  const kept = given.filter(([key]) => !REFUSED_AT_ROOT.includes(key));
  if (kept.length < given.length) lose("schema-constraints", `${name}: alternatives at the root`);
  return { ...Object.fromEntries(kept), type: "object" };
}

/** Anthropic refuses a strict tool whose schema says more than it can enforce. */
function isStrict({ name, strict, schema }: Tool & { kind: "function" }, context: ToolContext) {
  if (strict !== true) return false;
  const { schema: limited, dropped } = limitSchema(schema ?? {});
  const closed = limited !== null && JSON.stringify(limited) === JSON.stringify(schema);
  if (context.traits.schemas && closed && dropped.length === 0) return true;
  context.lose("strict-tools", name);
  return false;
}

function writeCustom({ name, description, format }: Tool & { kind: "custom" }, lose: Lose): Json {
  if (format !== null && format.type !== "text") lose("schema-constraints", `${name}: grammar`);
  const input = { type: "string" };
  return {
    name,
    ...(description === null ? {} : { description }),
    input_schema: { type: "object", properties: { input }, required: ["input"] },
  };
}

function writeHosted(tool: Tool & { kind: "hosted" }, lose: Lose): Json | null {
  const { maxUses, location, extra } = tool;
  const isOwn = extra?.protocol === "anthropic";
  const head = isOwn ? { type: tool.name } : HOSTED_TYPES[tool.tool];
  if (!head) {
    lose("hosted-tool", tool.name);
    return null;
  }
  const known = Object.entries(location ?? {}).filter(([, value]) => value !== null);
  return {
    ...head,
    ...(maxUses === null ? {} : { max_uses: maxUses }),
    ...domains(tool, lose),
    ...(known.length > 0
      ? { user_location: { type: "approximate", ...Object.fromEntries(known) } }
      : {}),
    ...ownFields(extra),
  };
}

/** Only one of the two lists may be given. */
function domains({ allowedDomains, blockedDomains, extra }: Tool & { kind: "hosted" }, lose: Lose) {
  const isOwn = extra?.protocol === "anthropic";
  const both = allowedDomains !== null && blockedDomains !== null && !isOwn;
  if (both) lose("hosted-tool-options", "blocked domains");
  return {
    ...(allowedDomains === null ? {} : { allowed_domains: allowedDomains }),
    ...(blockedDomains === null || both ? {} : { blocked_domains: blockedDomains }),
  };
}

/** The choice of a tool; none without tools, where Anthropic refuses it. */
export function writeToolChoice(
  call: NeutralCall,
  tools: readonly WrittenTool[],
  { forcedTools }: ModelTraits,
  lose: Lose,
): Json | null {
  const { toolChoice, parallelTools } = call;
  if (tools.length === 0) return null;
  const wanted = choiceOf(toolChoice, tools, lose);
  const isRefused = isForced(wanted) && !forcedTools;
  if (isRefused) lose("tool-choice", "forced tool");
  const choice = isRefused ? { type: "auto" } : wanted;
  if (parallelTools === null || choice?.type === "none") return choice;
  if (choice === null && parallelTools) return null;
  return { ...(choice ?? { type: "auto" }), disable_parallel_tool_use: !parallelTools };
}

function choiceOf(choice: NeutralCall["toolChoice"], tools: readonly WrittenTool[], lose: Lose) {
  if (choice === null) return null;
  if (choice.kind === "allowed") return { type: choice.mode };
  if (choice.kind !== "tool") return { type: choice.kind };
  const tool = tools.find(({ neutral }) => neutral === choice.name);
  if (tool && typeof tool.json.name === "string") return { type: "tool", name: tool.json.name };
  // A tool that could not be sent cannot be chosen either.
  lose("tool-choice", choice.name);
  return null;
}

/** Is the model made to call a tool? */
export function isForced(choice: Json | null): boolean {
  return isObject(choice) && (choice.type === "any" || choice.type === "tool");
}
