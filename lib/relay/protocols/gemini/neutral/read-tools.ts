import type { Tool, ToolChoice } from "../../../neutral";
import type { HostedToolKind } from "../../../neutral-blocks";
import { fields, textOrNull } from "../../json-fields";
import { jsonSchemaOf, withPlainTypes } from "./google-schema";
import { kept } from "./own-extra";
import { list, type Message, message, without } from "./proto-fields";
import { prefixed } from "./read-config";

/** Google's own tools by their fields' names; what is not listed is of kind "other". */
export const HOSTED_TOOLS: Readonly<Record<string, HostedToolKind>> = {
  googleSearch: "web-search",
  googleSearchRetrieval: "web-search",
  urlContext: "web-fetch",
  codeExecution: "code-execution",
};

const DECLARED_FIELDS = new Set(["name", "description", "parameters", "parametersJsonSchema"]);

/**
 * All tools in their order; one Tool message may hold several.
 * @see https://ai.google.dev/api/caching#Tool
 */
export function readTools(value: unknown): Tool[] {
  return list(value)
    .map(message)
    .flatMap((tool) => Object.entries(tool).flatMap(([name, one]) => readTool(name, one)));
}

function readTool(name: string, value: unknown): Tool[] {
  if (value === undefined || value === null) return [];
  if (name === "functionDeclarations") return list(value).map(message).map(readDeclaration);
  const tool = HOSTED_TOOLS[name] ?? "other";
  const nothing = { maxUses: null, allowedDomains: null, blockedDomains: null, location: null };
  const options = Array.isArray(value) ? { [name]: value } : fields(value);
  return [{ kind: "hosted", tool, name, ...nothing, ...kept(options) }];
}

function readDeclaration(declared: Message): Tool {
  const { parameters, parametersJsonSchema } = declared;
  return {
    kind: "function",
    name: textOrNull(declared.name) ?? "",
    description: textOrNull(declared.description),
    schema: parametersJsonSchema
      ? withPlainTypes(fields(parametersJsonSchema))
      : schemaOf(parameters),
    strict: null,
    deferred: false,
    namespace: null,
    cache: null,
    ...kept(without(declared, DECLARED_FIELDS)),
  };
}

function schemaOf(parameters: unknown): Record<string, unknown> | null {
  return parameters ? jsonSchemaOf(parameters) : null;
}

/** @see https://ai.google.dev/api/caching#FunctionCallingConfig */
export function readToolChoice(value: unknown): ToolChoice | null {
  const { mode, allowedFunctionNames } = callingOf(value);
  const names = list(allowedFunctionNames).filter((name) => typeof name === "string");
  const [only] = names;
  switch (textOrNull(mode)?.toUpperCase()) {
    case "NONE":
      return { kind: "none" };
    case "ANY":
      if (only === undefined) return { kind: "any" };
      if (names.length === 1) return { kind: "tool", name: only, namespace: null };
      return { kind: "allowed", mode: "any", names };
    case "AUTO":
    case "VALIDATED":
      return names.length > 0 ? { kind: "allowed", mode: "auto", names } : { kind: "auto" };
    default:
      return null;
  }
}

/** What of a ToolConfig neither the choice nor the tools tell. */
export function toolConfigExtra(value: unknown, tools: readonly Tool[]): Record<string, unknown> {
  const calling = callingOf(value);
  const isMixed = new Set(tools.map(({ kind }) => kind)).size > 1;
  const told = ["functionCallingConfig", ...(isMixed ? [SHOWS_HOSTED] : [])];
  const rest = without(message(value), new Set(told));
  const isValidated = textOrNull(calling.mode)?.toUpperCase() === "VALIDATED";
  // With names the mode follows from them.
  const untold = isValidated && list(calling.allowedFunctionNames).length === 0;
  return prefixed("toolConfig", untold ? { ...rest, functionCallingConfig: calling } : rest);
}

/** Has to be set where tools of both kinds are given. */
const SHOWS_HOSTED = "includeServerSideToolInvocations";

function callingOf(value: unknown): Message {
  return message(message(value).functionCallingConfig);
}
