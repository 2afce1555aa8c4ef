import type { Tool, ToolChoice, UserLocation } from "../../../neutral";
import { fields, textOrNull } from "../../json-fields";
import { type Fields, without } from "../../own-extra";
import { kept, ownExtra } from "./own-extra";

/**
 * Tools of a call. Those of a namespace become single ones that name it.
 * @see https://platform.openai.com/docs/api-reference/responses/create#responses-create-tools
 */
export function readTools(tools: unknown): Tool[] {
  return Array.isArray(tools) ? tools.map(fields).flatMap((tool) => readTool(tool)) : [];
}

function readTool(tool: Fields): Tool[] {
  const type = textOrNull(tool.type) ?? "";
  if (type === "function") return [readFunction(tool, null, {})];
  if (type === "custom") return [readCustom(tool, {})];
  if (type === "namespace") return readNamespace(tool);
  return [readHosted(type, tool)];
}

function readFunction(tool: Fields, namespace: string | null, group: Fields): Tool {
  const known = ["type", "name", "description", "parameters", "defer_loading", "strict"];
  const { parameters, strict } = tool;
  return {
    kind: "function",
    name: textOrNull(tool.name) ?? "",
    description: textOrNull(tool.description),
    schema: parameters === null || parameters === undefined ? null : fields(parameters),
    strict: typeof strict === "boolean" ? strict : null,
    deferred: tool.defer_loading === true,
    namespace,
    cache: null,
    extra: ownExtra({ ...without(tool, ...known), ...group }),
  };
}

function readCustom(tool: Fields, group: Fields): Tool {
  const { format } = tool;
  return {
    kind: "custom",
    name: textOrNull(tool.name) ?? "",
    description: textOrNull(tool.description),
    format: format === undefined || format === null ? null : fields(format),
    ...kept({ ...without(tool, "type", "name", "description", "format"), ...group }),
  };
}

function readNamespace(tool: Fields): Tool[] {
  const name = textOrNull(tool.name) ?? "";
  const group = { namespace_description: tool.description };
  const inner = Array.isArray(tool.tools) ? tool.tools.map(fields) : [];
  return inner.map((one) =>
    one.type === "custom"
      ? readCustom(one, { ...group, namespace: name })
      : readFunction(one, name, group),
  );
}

const HOSTED: Readonly<Record<string, "web-search" | "code-execution">> = {
  web_search: "web-search",
  web_search_2025_08_26: "web-search",
  web_search_preview: "web-search",
  web_search_preview_2025_03_11: "web-search",
  code_interpreter: "code-execution",
};

function readHosted(name: string, tool: Fields): Tool {
  const filters = fields(tool.filters);
  return {
    kind: "hosted",
    tool: HOSTED[name] ?? "other",
    name,
    maxUses: null,
    allowedDomains: domains(filters.allowed_domains),
    blockedDomains: domains(filters.blocked_domains),
    location: readLocation(tool.user_location),
    extra: ownExtra(without(tool, "type")),
  };
}

function domains(list: unknown): string[] | null {
  return Array.isArray(list) ? list.map(String) : null;
}

function readLocation(location: unknown): UserLocation | null {
  if (location === null || location === undefined) return null;
  const { city, region, country, timezone } = fields(location);
  return {
    city: textOrNull(city),
    region: textOrNull(region),
    country: textOrNull(country),
    timezone: textOrNull(timezone),
  };
}

const CHOICES: Readonly<Record<string, ToolChoice>> = {
  auto: { kind: "auto" },
  none: { kind: "none" },
  required: { kind: "any" },
};

/** null for forms that only this protocol knows, which are kept as they are. */
export function readToolChoice(choice: unknown): ToolChoice | null {
  if (typeof choice === "string") return CHOICES[choice] ?? null;
  const given = fields(choice);
  const name = textOrNull(given.name);
  const namespace = textOrNull(given.namespace);
  if (given.type === "allowed_tools") return readAllowed(given);
  if (given.type === "function" || given.type === "custom") {
    return name === null ? null : { kind: "tool", name, namespace };
  }
  const type = textOrNull(given.type);
  return type !== null && type in HOSTED ? { kind: "tool", name: type, namespace: null } : null;
}

function readAllowed({ mode, tools }: Fields): ToolChoice {
  const listed = Array.isArray(tools) ? tools.map(fields) : [];
  const names = listed.flatMap(({ name, type }) => textOrNull(name) ?? textOrNull(type) ?? []);
  return { kind: "allowed", mode: mode === "required" ? "any" : "auto", names };
}
