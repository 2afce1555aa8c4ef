import type { Tool, ToolChoice, UserLocation } from "../../../neutral";
import type { HostedToolKind } from "../../../neutral-blocks";
import { fields, textOrNull } from "../../json-fields";
import { type Fields, stated, without } from "../../own-extra";
import { ownExtra } from "./own-extra";
import { cacheOf } from "./read-parts";

/** Marks a function that came in the older field `functions`, by its identity: it keeps nothing else. */
const OLDER: Fields = {};

/** Is the caller to be answered with `function_call`, as it knows no `tool_calls`? */
export function wantsFunctionCall(tools: readonly Tool[]): boolean {
  return tools.some(({ extra }) => extra?.fields === OLDER);
}

/**
 * Tools of a call: `tools`, the older `functions`, and the search that has a field of its own.
 * @see https://platform.openai.com/docs/api-reference/chat/create#chat-create-tools
 */
export function readTools({ tools, functions, web_search_options: search }: Fields): Tool[] {
  const newer = Array.isArray(tools) ? tools.map(fields).map(readTool) : [];
  const older = Array.isArray(functions) ? functions.map(fields).map(readOlder) : [];
  const searches = typeof search === "object" && search !== null ? [readSearch(search)] : [];
  return [...newer, ...older, ...searches];
}

function readTool(tool: Fields): Tool {
  if (tool.type === "custom") return readCustom(tool);
  // Some callers leave the type out.
  if (tool.type === "function" || tool.function !== undefined) return readFunction(tool);
  return readHosted(tool);
}

function readFunction(tool: Fields): Tool {
  const declared = fields(tool.function);
  const known = ["type", "function", "cache_control", "defer_loading"];
  const rest = {
    ...without(tool, ...known),
    ...without(declared, "name", "description", "parameters", "strict"),
  };
  return {
    ...functionOf(declared),
    deferred: tool.defer_loading === true,
    cache: cacheOf(tool),
    extra: ownExtra(rest),
  };
}

function readOlder(declared: Fields): Tool {
  return { ...functionOf(declared), extra: ownExtra(OLDER) };
}

function functionOf({ name, description, parameters, strict }: Fields) {
  return {
    kind: "function",
    name: textOrNull(name) ?? "",
    description: textOrNull(description),
    schema: parameters === null || parameters === undefined ? null : fields(parameters),
    strict: typeof strict === "boolean" ? strict : null,
    deferred: false,
    namespace: null,
    cache: null,
  } as const;
}

function readCustom(tool: Fields): Tool {
  const custom = fields(tool.custom);
  return {
    kind: "custom",
    name: textOrNull(custom.name) ?? "",
    description: textOrNull(custom.description),
    format: readFormat(custom.format),
    extra: ownExtra(without(custom, "name", "description", "format")),
  };
}

/** Here a grammar lies one level deeper than in Responses, whose form is the neutral one. */
function readFormat(format: unknown): Fields | null {
  if (format === null || format === undefined) return null;
  const { grammar, ...rest } = fields(format);
  return { ...rest, ...fields(grammar) };
}

const HOSTED: readonly (readonly [RegExp, HostedToolKind])[] = [
  [/web_search/, "web-search"],
  [/code_(interpreter|execution)/, "code-execution"],
];

/** Tools that servers of other makers run. */
function readHosted(tool: Fields): Tool {
  const name = textOrNull(tool.type) ?? "";
  return {
    kind: "hosted",
    tool: HOSTED.find(([pattern]) => pattern.test(name))?.[1] ?? "other",
    name,
    ...ANYWHERE,
    location: null,
    extra: ownExtra(without(tool, "type")),
  };
}

const ANYWHERE = { maxUses: null, allowedDomains: null, blockedDomains: null };

/** The tool's name where the search is asked for by a field of the call. */
export const SEARCH_FIELD = "web_search_options";

function readSearch(options: object): Tool {
  const { user_location, ...rest } = fields(options);
  return {
    kind: "hosted",
    tool: "web-search",
    name: SEARCH_FIELD,
    ...ANYWHERE,
    location: readLocation(fields(user_location).approximate),
    extra: ownExtra(rest),
  };
}

function readLocation(approximate: unknown): UserLocation | null {
  if (approximate === null || approximate === undefined) return null;
  const { city, region, country, timezone } = fields(approximate);
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
  // Mistral's word.
  any: { kind: "any" },
};

/** `tool_choice`, or the older `function_call`; null where the call leaves it open, or in unknown words. */
export function readToolChoice({ tool_choice, function_call }: Fields): ToolChoice | null {
  const choice = tool_choice ?? function_call;
  if (typeof choice === "string") return CHOICES[choice] ?? null;
  const given = fields(choice);
  if (given.type === "allowed_tools") return readAllowed(fields(given.allowed_tools));
  const name = nameIn(given);
  return name === null ? null : { kind: "tool", name, namespace: null };
}

function readAllowed({ mode, tools }: Fields): ToolChoice {
  const listed = Array.isArray(tools) ? tools.map(fields) : [];
  const names = listed.flatMap((tool) => nameIn(tool) ?? []);
  return { kind: "allowed", mode: mode === "required" ? "any" : "auto", names };
}

function nameIn(given: Fields): string | null {
  const { name } = stated({ ...given, ...fields(given.function ?? given.custom) });
  return textOrNull(name);
}
