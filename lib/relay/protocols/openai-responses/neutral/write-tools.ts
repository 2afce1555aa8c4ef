import type { NeutralCall, Tool, ToolChoice } from "../../../neutral";
import { textOrNull } from "../../json-fields";
import type { Lose } from "../../loss-list";
import { isStrictSchema } from "../../openai-strict-schema";
import { type Fields, stated, without } from "../../own-extra";
import { isOwn, ownFields } from "./own-extra";

/** Tools in this protocol's form, those of a namespace grouped where its first one stands. */
export function writeTools(tools: readonly Tool[], lose: Lose): Fields[] {
  const written: Fields[] = [];
  const groups = new Map<string, Fields[]>();
  for (const tool of tools) {
    const one = writeTool(tool, lose);
    const namespace = namespaceOf(tool);
    const group = namespace === null ? written : groups.get(namespace);
    if (one) (group ?? newGroup(written, groups, namespace ?? "", tool)).push(one);
  }
  return written;
}

function namespaceOf(tool: Tool): string | null {
  if (tool.kind === "function") return tool.namespace;
  return tool.kind === "custom" ? textOrNull(ownFields(tool.extra).namespace) : null;
}

function newGroup(
  written: Fields[],
  groups: Map<string, Fields[]>,
  name: string,
  tool: Tool,
): Fields[] {
  const tools: Fields[] = [];
  groups.set(name, tools);
  const description = textOrNull(ownFields(tool.extra).namespace_description) ?? name;
  written.push({ type: "namespace", name, description, tools });
  return tools;
}

function writeTool(tool: Tool, lose: Lose): Fields | null {
  if (tool.kind === "hosted") return writeHosted(tool, lose);
  const own = without(ownFields(tool.extra), "namespace", "namespace_description");
  const { name, description } = tool;
  if (tool.kind === "custom") {
    return { type: "custom", name, ...stated({ description, format: tool.format }), ...own };
  }
  const deferred = tool.deferred && isOwn(tool.extra) ? { defer_loading: true } : {};
  const strict = strictOf(tool, lose);
  const parameters = tool.schema ?? (isOwn(tool.extra) ? null : NO_PARAMETERS);
  return {
    type: "function",
    name,
    ...stated({ description, parameters, strict }),
    ...deferred,
    ...own,
  };
}

const NO_PARAMETERS = { type: "object", properties: {} };

/** Here strictness is the rule unless it is declined, and then refuses schemas that other protocols take. */
function strictOf({ strict, schema, extra }: Extract<Tool, { kind: "function" }>, lose: Lose) {
  if (isOwn(extra)) return strict;
  if (strict !== true || isStrictSchema(schema)) return strict ?? false;
  lose("strict-tools", "strict");
  return false;
}

function writeHosted(tool: Extract<Tool, { kind: "hosted" }>, lose: Lose): Fields | null {
  if (isOwn(tool.extra)) return { type: tool.name, ...ownFields(tool.extra) };
  if (tool.tool === "code-execution") {
    return { type: "code_interpreter", container: { type: "auto" } };
  }
  if (tool.tool !== "web-search") {
    lose("hosted-tool", tool.name);
    return null;
  }
  const { allowedDomains, blockedDomains, location } = tool;
  const filters = stated({ allowed_domains: allowedDomains, blocked_domains: blockedDomains });
  return {
    type: SEARCH,
    ...(Object.keys(filters).length > 0 ? { filters } : {}),
    ...(location ? { user_location: { type: "approximate", ...stated({ ...location }) } } : {}),
  };
}

const SEARCH = "web_search";

/** The bound of a search's uses, where no other hosted tool shares it; null when there is none. */
export function maxToolCalls(tools: readonly Tool[], lose: Lose): number | null {
  const hosted = tools.flatMap((tool) => (tool.kind === "hosted" ? [tool] : []));
  const bounds = hosted.flatMap(({ maxUses }) => maxUses ?? []);
  const [bound] = bounds;
  if (bound === undefined) return null;
  if (hosted.length === 1 && bound >= 1) return bound;
  lose("hosted-tool-options", "max_uses");
  return null;
}

/** The choice in this protocol's form; null when the call leaves it to the rule. */
export function writeToolChoice({ toolChoice, tools }: NeutralCall, lose: Lose): unknown {
  if (toolChoice === null) return null;
  if (toolChoice.kind === "tool") return chosen(toolChoice, tools, lose);
  if (toolChoice.kind !== "allowed") return PLAIN[toolChoice.kind];
  const listed = toolChoice.names.flatMap((name) => named(name, tools) ?? []);
  const mode = toolChoice.mode === "any" ? "required" : "auto";
  return { type: "allowed_tools", mode, tools: listed };
}

const PLAIN = { auto: "auto", none: "none", any: "required" } as const;

function chosen(choice: Extract<ToolChoice, { kind: "tool" }>, tools: readonly Tool[], lose: Lose) {
  const { name, namespace } = choice;
  const tool = named(name, tools);
  if (!tool) {
    lose("tool-choice", name);
    return "auto";
  }
  return namespace === null ? tool : { ...tool, namespace };
}

/** A tool of the call as a choice names it; null when it has none of that name. */
function named(name: string, tools: readonly Tool[]): Fields | null {
  const tool = tools.find((one) => one.name === name);
  if (!tool) return null;
  if (tool.kind !== "hosted") return { type: tool.kind, name };
  if (isOwn(tool.extra)) return { type: tool.name };
  if (tool.tool === "web-search") return { type: SEARCH };
  return tool.tool === "code-execution" ? { type: "code_interpreter" } : null;
}
