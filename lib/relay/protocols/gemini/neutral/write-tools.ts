import type { NeutralCall, Tool, ToolChoice } from "../../../neutral";
import { googleJsonSchema } from "./json-schema";
import type { LossList } from "./loss-list";
import type { ModelTraits } from "./model-traits";
import { ownFields } from "./own-extra";
import { type Message, stated } from "./proto-fields";
import { HOSTED_TOOLS } from "./read-tools";

type HostedTool = Extract<Tool, { kind: "hosted" }>;
type OwnTool = Exclude<Tool, { kind: "hosted" }>;

interface WrittenTools {
  tools: readonly Message[] | null;
  toolConfig: Message | null;
}

/** What the neutral kinds are called here. */
const NAMES: Readonly<Record<string, string>> = {
  "web-search": "googleSearch",
  "web-fetch": "urlContext",
  "code-execution": "codeExecution",
};
const UNNAMED_KINDS = new Set(["googleMaps", "fileSearch", "computerUse", "mcpServers"]);

/**
 * Functions in one list, Google's own tools each by itself, and which of them may be called.
 * @see https://ai.google.dev/gemini-api/docs/function-calling
 */
export function writeTools(call: NeutralCall, traits: ModelTraits, losses: LossList): WrittenTools {
  const own = call.tools.filter((tool): tool is OwnTool => tool.kind !== "hosted");
  const hosted = call.tools.flatMap((tool) => (tool.kind === "hosted" ? [tool] : []));
  const forced = forcedHosted(call.toolChoice, hosted);
  const kept = combined(own, writeHosted(hosted, losses), { forced, traits, losses });
  const declarations = kept.own.map((tool) => writeFunction(tool, losses));
  const functions = declarations.length > 0 ? [{ functionDeclarations: declarations }] : [];
  const hostedFirst = call.tools[0]?.kind === "hosted";
  const tools = hostedFirst ? [...kept.hosted, ...functions] : [...functions, ...kept.hosted];
  // A choice that names Google's own tool has no field, and needs none where that tool is there.
  const calling = declarations.length > 0 && !forced ? writeChoice(call.toolChoice) : null;
  const mixed = declarations.length > 0 && kept.hosted.length > 0;
  const toolConfig = stated({
    functionCallingConfig: calling,
    includeServerSideToolInvocations: mixed ? true : null,
  });
  return {
    tools: tools.length > 0 ? tools : null,
    toolConfig: Object.keys(toolConfig).length > 0 ? toolConfig : null,
  };
}

function forcedHosted(choice: ToolChoice | null, hosted: readonly HostedTool[]): boolean {
  return choice?.kind === "tool" && hosted.some(({ name }) => name === choice.name);
}

/**
 * Before 3 a call has functions or Google's own tools. The functions stay, unless the call is forced to
 * use a tool of Google's: then it could call none of them.
 * @see https://ai.google.dev/gemini-api/docs/tool-combination
 */
function combined(
  own: readonly OwnTool[],
  hosted: readonly Message[],
  { forced, traits, losses }: { forced: boolean; traits: ModelTraits; losses: LossList },
): { own: readonly OwnTool[]; hosted: readonly Message[] } {
  if (traits.generation >= 3 || own.length === 0 || hosted.length === 0) return { own, hosted };
  if (forced) return { own: [], hosted };
  losses.add("hosted-tool", hosted.flatMap((tool) => Object.keys(tool)).join(", "));
  return { own, hosted: [] };
}

function writeHosted(tools: readonly HostedTool[], losses: LossList): Message[] {
  const written: Message[] = [];
  for (const tool of tools) {
    const isOwn = tool.name in HOSTED_TOOLS || UNNAMED_KINDS.has(tool.name);
    const name = isOwn ? tool.name : NAMES[tool.tool];
    if (name === undefined) {
      losses.add("hosted-tool", tool.name);
      continue;
    }
    tellOptions(tool, losses);
    const options = ownFields(tool.extra);
    // Each of them may be given once.
    if (!written.some((one) => name in one)) written.push({ [name]: options[name] ?? options });
  }
  return written;
}

function tellOptions(tool: HostedTool, losses: LossList): void {
  const options = ["maxUses", "allowedDomains", "blockedDomains", "location"] as const;
  for (const name of options) {
    if (tool[name] !== null) losses.add("hosted-tool-options", name);
  }
}

const ANY_TEXT = {
  type: "object",
  properties: { input: { type: "string" } },
  required: ["input"],
};

function writeFunction(tool: OwnTool, losses: LossList): Message {
  const { name, description } = tool;
  if (tool.kind === "custom") {
    if (tool.format) losses.add("schema-constraints", "format");
    return stated({ name, description, parametersJsonSchema: ANY_TEXT });
  }
  if (tool.strict) losses.add("strict-tools", "strict");
  const schema =
    tool.schema &&
    googleJsonSchema(tool.schema, (keyword) => losses.add("schema-constraints", keyword));
  return stated({ name, description, parametersJsonSchema: schema, ...ownFields(tool.extra) });
}

/** `allowedFunctionNames` is refused in mode AUTO; VALIDATED is the mode that leaves it open. */
function writeChoice(choice: ToolChoice | null): Message | null {
  switch (choice?.kind) {
    case "auto":
    case "any":
    case "none":
      return { mode: choice.kind.toUpperCase() };
    case "tool":
      return { mode: "ANY", allowedFunctionNames: [choice.name] };
    case "allowed":
      return {
        mode: choice.mode === "any" ? "ANY" : "VALIDATED",
        allowedFunctionNames: choice.names,
      };
    default:
      return null;
  }
}
