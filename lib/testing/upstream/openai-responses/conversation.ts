import { type Conversation, type OfferedTool, readTurn, type TalkStep } from "../conversation";
import { type Json, listOf, numberOf, objectOf, stringsIn, textOf } from "../json";
import { implicitly, type PromptSegment } from "../prefix-cache";
import { itemType } from "./validate-items";

/** Reads a checked request. */
export function readResponsesTalk(
  body: Json,
  items: readonly Json[],
  model: string,
  effort: string,
): Conversation {
  const tools = listOf(body.tools).map(objectOf);
  const offered = tools.flatMap(offeredBy);
  const choice = body.tool_choice;
  return {
    model,
    ...readTurn(items.map(stepOf)),
    tools: offered,
    forcedTool: forcedTool(choice, offered),
    toolsOff: choice === "none",
    parallelCalls: body.parallel_tool_calls !== false,
    canSearch: tools.some((tool) => textOf(tool.type).startsWith("web_search")),
    outputSchema: outputSchema(objectOf(objectOf(body.text).format)),
    maxOutputTokens: numberOf(body.max_output_tokens),
    stopSequences: [],
    thinking: thinkingOf(objectOf(body.reasoning), effort),
  };
}

/** The prompt in the order in which the model reads it. Encrypted thoughts and ids are no text of it. */
export function responsesSegments(body: Json, items: readonly Json[]): PromptSegment[] {
  const instructions = textOf(body.instructions);
  return implicitly([
    ...listOf(body.tools),
    ...(instructions === "" ? [] : [{ role: "developer", content: instructions }]),
    ...items.map(({ id: _, encrypted_content: __, status: ___, ...rest }) => rest),
  ]);
}

function stepOf(item: Json): TalkStep {
  const type = itemType(item);
  if (type.endsWith("_call_output")) {
    const result = { callId: textOf(item.call_id), text: outputText(item.output) };
    return { by: "tools", texts: [], results: [result] };
  }
  if (type !== "message")
    return { by: type === "reasoning" ? "aside" : "model", texts: [], results: [] };
  const by = SPEAKERS[textOf(item.role)] ?? "aside";
  return { by, texts: textsOf(item.content), results: [] };
}

const SPEAKERS: Readonly<Record<string, TalkStep["by"]>> = { user: "user", assistant: "model" };

function textsOf(content: unknown): string[] {
  if (typeof content === "string") return [content];
  return listOf(content)
    .map((part) => textOf(objectOf(part).text))
    .filter((text) => text !== "");
}

function outputText(output: unknown): string {
  if (typeof output === "string") return output;
  return listOf(output)
    .map((part) => stringsIn(objectOf(part).text))
    .join("\n");
}

/** The callable tools of a declaration: itself, or those of a namespace. */
function offeredBy(tool: Json): OfferedTool[] {
  const name = textOf(tool.name);
  if (tool.defer_loading === true) return [];
  if (tool.type === "function") return [{ name, schema: tool.parameters ?? {} }];
  if (tool.type === "custom") return [{ name, schema: {}, custom: true }];
  if (tool.type !== "namespace") return [];
  return listOf(tool.tools)
    .map(objectOf)
    .flatMap(offeredBy)
    .map((inner) => ({ ...inner, namespace: name }));
}

function forcedTool(choice: unknown, tools: readonly OfferedTool[]): string | null {
  if (choice === "required") return tools[0]?.name ?? null;
  const named = objectOf(choice);
  if (named.type === "allowed_tools") {
    const first = textOf(objectOf(listOf(named.tools)[0]).name);
    return named.mode === "required" && first !== "" ? first : null;
  }
  if (textOf(named.type).startsWith("web_search")) return "web_search";
  const name = textOf(named.name);
  return name === "" ? null : name;
}

function outputSchema(format: Json): unknown {
  if (format.type === "json_object") return { type: "object" };
  return format.type === "json_schema" ? format.schema : null;
}

/** Thoughts are shown as a summary, and only to those who ask for one. */
function thinkingOf(reasoning: Json, effort: string): Conversation["thinking"] {
  if (effort === "none") return "off";
  return (reasoning.summary ?? reasoning.generate_summary ?? null) === null ? "hidden" : "shown";
}
