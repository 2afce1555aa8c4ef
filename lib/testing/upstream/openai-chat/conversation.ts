import { type Conversation, type OfferedTool, readTurn, type TalkStep } from "../conversation";
import { type Json, listOf, numberOf, objectOf, stringsIn, textOf } from "../json";
import { implicitly, type PromptSegment } from "../prefix-cache";

/** Reads a checked request. */
export function readChatTalk(body: Json, model: string, effort: string): Conversation {
  const tools = listOf(body.tools).map(objectOf).map(offered);
  const choice = body.tool_choice;
  return {
    model,
    ...readTurn(listOf(body.messages).map(objectOf).map(stepOf)),
    tools,
    forcedTool: forcedTool(choice, tools),
    toolsOff: choice === "none",
    parallelCalls: body.parallel_tool_calls !== false,
    canSearch: /-search-/.test(model),
    outputSchema: outputSchema(objectOf(body.response_format)),
    maxOutputTokens: numberOf(body.max_completion_tokens) ?? numberOf(body.max_tokens),
    stopSequences: typeof body.stop === "string" ? [body.stop] : listOf(body.stop).map(textOf),
    // Chat Completions never shows what a model thinks.
    thinking: effort === "none" ? "off" : "hidden",
  };
}

/** The prompt in the order in which the model reads it. OpenAI caches by itself, without breakpoints. */
export function chatSegments(body: Json): PromptSegment[] {
  return implicitly([...listOf(body.tools), ...listOf(body.messages)]);
}

function stepOf(message: Json): TalkStep {
  if (message.role === "tool") {
    const result = { callId: textOf(message.tool_call_id), text: textIn(message.content) };
    return { by: "tools", texts: [], results: [result] };
  }
  const by = SPEAKERS[textOf(message.role)] ?? "aside";
  return { by, texts: textsOf(message.content), results: [] };
}

const SPEAKERS: Readonly<Record<string, TalkStep["by"]>> = { user: "user", assistant: "model" };

function textsOf(content: unknown): string[] {
  if (typeof content === "string") return [content];
  return listOf(content)
    .map((part) => textOf(objectOf(part).text))
    .filter((text) => text !== "");
}

function textIn(content: unknown): string {
  if (typeof content === "string") return content;
  return listOf(content)
    .map((part) => stringsIn(objectOf(part).text))
    .join("\n");
}

function offered(tool: Json): OfferedTool {
  if (tool.type === "custom") {
    return { name: textOf(objectOf(tool.custom).name), schema: {}, custom: true };
  }
  const declared = objectOf(tool.function);
  return { name: textOf(declared.name), schema: declared.parameters ?? {} };
}

function forcedTool(choice: unknown, tools: readonly OfferedTool[]): string | null {
  if (choice === "required") return tools[0]?.name ?? null;
  const named = objectOf(choice);
  if (named.type === "allowed_tools") {
    const allowed = objectOf(named.allowed_tools);
    if (allowed.mode !== "required") return null;
    const first = objectOf(listOf(allowed.tools)[0]);
    return textOf(objectOf(first.function ?? first.custom).name);
  }
  const name = textOf(objectOf(named.function ?? named.custom).name);
  return name === "" ? null : name;
}

function outputSchema(format: Json): unknown {
  if (format.type === "json_object") return { type: "object" };
  return format.type === "json_schema" ? (objectOf(format.json_schema).schema ?? {}) : null;
}
