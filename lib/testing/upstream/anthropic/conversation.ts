import { type Conversation, promptOf, type ToolOutcome } from "../conversation";
import { type Json, listOf, numberOf, objectOf, stringsIn, textOf } from "../json";
import type { CacheTtl, PromptSegment } from "../prefix-cache";

/** Reads a checked message request. Tool loops are counted since the user last typed something. */
export function readAnthropicTalk(body: Json): Conversation {
  const messages = listOf(body.messages).map(objectOf);
  const start = messages.findLastIndex(isTyped);
  const texts = start < 0 ? [] : textsOf(messages[start] ?? {});
  const later = messages.slice(start + 1);
  const tools = listOf(body.tools).map(objectOf);
  const loaded = loadedTools(messages);
  const choice = objectOf(body.tool_choice);
  return {
    model: textOf(body.model),
    prompt: promptOf(texts),
    turnText: texts.join("\n"),
    rounds: later.filter((message) => resultsOf(message).length > 0).length,
    results: later.flatMap(resultsOf),
    tools: tools
      .filter((tool) => isCallable(tool, loaded))
      .map((tool) => ({
        name: textOf(tool.name),
        schema: tool.input_schema,
      })),
    forcedTool: forcedTool(choice, tools),
    toolsOff: choice.type === "none",
    parallelCalls: choice.disable_parallel_tool_use !== true,
    canSearch: tools.some((tool) => textOf(tool.type).startsWith("web_search_")),
    outputSchema: outputSchema(body),
    maxOutputTokens: numberOf(body.max_tokens),
    stopSequences: listOf(body.stop_sequences).map(textOf),
    thinking: thinkingOf(objectOf(body.thinking)),
  };
}

/** The prompt in the order in which it is cached: tools, system, messages. */
export function anthropicSegments(body: Json): PromptSegment[] {
  const system = typeof body.system === "string" ? [{ text: body.system }] : listOf(body.system);
  const messages = listOf(body.messages).map(objectOf);
  const blocks = messages.flatMap((message) =>
    blocksOf(message).map((block) => ({ role: message.role, block })),
  );
  const segments = [
    ...listOf(body.tools).map((tool) => segment(tool, tool)),
    ...system.map((block) => segment(block, block)),
    ...blocks.map((one) => segment(one, one.block)),
  ];
  // `cache_control` at the top level caches everything up to the last block.
  const whole = ttlOf(body.cache_control);
  const last = segments.at(-1);
  if (whole !== null && last !== undefined && last.breakpoint === null) last.breakpoint = whole;
  return segments;
}

function segment(value: unknown, holder: unknown): PromptSegment {
  const block = objectOf(holder);
  return { value, breakpoint: ttlOf(block.cache_control) ?? ttlInside(block.content) };
}

/** A tool result can carry its breakpoint on a block inside. */
function ttlInside(content: unknown): CacheTtl | null {
  const marked = listOf(content).find((inner) => ttlOf(objectOf(inner).cache_control) !== null);
  return ttlOf(objectOf(marked).cache_control);
}

function ttlOf(control: unknown): CacheTtl | null {
  if (objectOf(control).type !== "ephemeral") return null;
  return objectOf(control).ttl === "1h" ? "1h" : "5m";
}

function blocksOf(message: Json): readonly unknown[] {
  if (typeof message.content === "string") return [{ type: "text", text: message.content }];
  return listOf(message.content);
}

/** A user message without tool results. Claude Code's own notes travel beside results, too. */
function isTyped(message: Json): boolean {
  return message.role === "user" && resultsOf(message).length === 0;
}

function textsOf(message: Json): string[] {
  return blocksOf(message)
    .map(objectOf)
    .filter((block) => block.type === "text")
    .map((block) => textOf(block.text));
}

function resultsOf(message: Json): ToolOutcome[] {
  if (message.role !== "user") return [];
  return listOf(message.content)
    .map(objectOf)
    .filter((block) => block.type === "tool_result")
    .map((block) => ({ callId: textOf(block.tool_use_id), text: resultText(block.content) }));
}

function resultText(content: unknown): string {
  if (typeof content === "string") return content;
  return listOf(content)
    .map((block) => stringsIn(objectOf(block).text))
    .join("\n");
}

/** Tools that the caller runs itself and that are loaded: at once, or by a reference to them. */
function isCallable(tool: Json, loaded: ReadonlySet<string>): boolean {
  const custom = tool.type === undefined || tool.type === null || tool.type === "custom";
  return custom && (tool.defer_loading !== true || loaded.has(textOf(tool.name)));
}

function loadedTools(messages: readonly Json[]): ReadonlySet<string> {
  const references = messages
    .flatMap((message) => listOf(message.content))
    .flatMap((block) => listOf(objectOf(block).content))
    .map(objectOf)
    .filter((inner) => inner.type === "tool_reference");
  return new Set(references.map((reference) => textOf(reference.tool_name)));
}

function forcedTool(choice: Json, tools: readonly Json[]): string | null {
  if (choice.type === "tool") return textOf(choice.name);
  if (choice.type !== "any") return null;
  const first = tools.find((tool) => isCallable(tool, new Set())) ?? tools[0];
  return first === undefined ? null : textOf(first.name);
}

function outputSchema(body: Json): unknown {
  const format = objectOf(objectOf(body.output_config).format ?? body.output_format);
  return format.type === "json_schema" ? format.schema : null;
}

function thinkingOf(thinking: Json): Conversation["thinking"] {
  if (thinking.type !== "enabled" && thinking.type !== "adaptive") return "off";
  return thinking.display === "omitted" ? "hidden" : "shown";
}
