import { AppError } from "../../../../shared/errors";
import type { Tool, ToolChoice, UserLocation } from "../../../neutral";
import { fields, textOrNull, tokenCount } from "../../json-fields";
import { readCache } from "./cache-control";
import { isClientRun, kindOfType } from "./hosted-kinds";
import { isObject, type Json, leftOver, listOf, own, stringsOrNull } from "./wire";

/**
 * Tools of a call: the client's own, the typed ones that the client runs (functions without a schema,
 * kept whole), and those that run at the provider.
 * @see https://docs.claude.com/en/docs/agents-and-tools/tool-use/overview
 */
export function readTools(value: unknown): Tool[] {
  return listOf(value).map((raw, index) => {
    if (!isObject(raw))
      throw new AppError("invalid_request", `tools.${index}: an object is required.`);
    const type = textOrNull(raw.type) ?? "custom";
    if (type !== "custom" && !isClientRun(type)) return readHosted(raw, type);
    if (textOrNull(raw.name) === null) {
      throw new AppError("invalid_request", `tools.${index}.name: a name is required.`);
    }
    return type === "custom" ? readFunction(raw) : readClientRun(raw);
  });
}

/** `defer_loading` stays in `extra`: only this protocol has what loads the tool later. */
const FUNCTION_FIELDS = [
  ...["type", "name", "description", "input_schema", "strict", "cache_control"],
];

function readFunction(raw: Json): Tool {
  return {
    kind: "function",
    name: textOrNull(raw.name) ?? "",
    description: textOrNull(raw.description),
    schema: isObject(raw.input_schema) ? raw.input_schema : null,
    strict: typeof raw.strict === "boolean" ? raw.strict : null,
    deferred: raw.defer_loading === true,
    namespace: null,
    cache: readCache(raw.cache_control),
    ...leftOver(raw, FUNCTION_FIELDS),
  };
}

function readClientRun(raw: Json): Tool {
  return {
    kind: "function",
    name: textOrNull(raw.name) ?? "",
    description: null,
    schema: null,
    strict: null,
    deferred: raw.defer_loading === true,
    namespace: null,
    cache: readCache(raw.cache_control),
    extra: own(raw),
  };
}

const HOSTED_FIELDS = ["type", "max_uses", "allowed_domains", "blocked_domains", "user_location"];

function readHosted(raw: Json, type: string): Tool {
  return {
    kind: "hosted",
    tool: kindOfType(type),
    name: type,
    maxUses: tokenCount(raw.max_uses),
    allowedDomains: stringsOrNull(raw.allowed_domains),
    blockedDomains: stringsOrNull(raw.blocked_domains),
    location: readLocation(raw.user_location),
    ...leftOver(raw, HOSTED_FIELDS),
  };
}

function readLocation(value: unknown): UserLocation | null {
  if (!isObject(value)) return null;
  const { city, region, country, timezone } = value;
  return {
    city: textOrNull(city),
    region: textOrNull(region),
    country: textOrNull(country),
    timezone: textOrNull(timezone),
  };
}

/** The choice of tools; a hosted tool is named as in its neutral form, by its type. */
export function readToolChoice(value: unknown, tools: readonly Tool[]): ToolChoice | null {
  const { type, name } = fields(value);
  if (type === "auto" || type === "any" || type === "none") return { kind: type };
  if (type !== "tool" || typeof name !== "string") return null;
  const hosted = tools.find((tool) => tool.kind === "hosted" && tool.extra?.fields.name === name);
  return { kind: "tool", name: hosted?.name ?? name, namespace: null };
}

/** May several tools be called at once? null when the client does not say. */
export function readParallel(choice: unknown): boolean | null {
  const { disable_parallel_tool_use: disabled } = fields(choice);
  return typeof disabled === "boolean" ? !disabled : null;
}
