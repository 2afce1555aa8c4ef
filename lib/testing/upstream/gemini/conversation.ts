import { type Conversation, type OfferedTool, promptOf, type ToolOutcome } from "../conversation";
import { type Json, listOf, numberOf, objectOf, stringsIn, textOf } from "../json";
import { implicitly, type PromptSegment } from "../prefix-cache";
import { canThink, type GeminiModel } from "./models";
import { type GeminiTurn, hasResponse, turnsOf } from "./signatures";

/** Reads a checked request. Tool loops are counted since the user last said something. */
export function readGeminiTalk(body: Json, model: GeminiModel): Conversation {
  const turns = turnsOf(body.contents);
  const start = turns.findLastIndex((turn) => turn.role === "user" && !hasResponse(turn));
  const texts = textsOf(turns[start]);
  const answered = turns.slice(start + 1).filter(hasResponse);
  const config = objectOf(body.generationConfig);
  const calling = objectOf(objectOf(body.toolConfig).functionCallingConfig);
  const tools = toolsOf(body);
  return {
    model: model.id,
    prompt: promptOf(texts),
    turnText: texts.join("\n"),
    rounds: answered.length,
    results: answered.flatMap(resultsOf),
    tools,
    forcedTool: forcedTool(calling, tools),
    toolsOff: textOf(calling.mode).toUpperCase() === "NONE",
    parallelCalls: true,
    canSearch: listOf(body.tools).some((tool) => objectOf(tool).googleSearch !== undefined),
    outputSchema: outputSchema(config),
    maxOutputTokens: numberOf(config.maxOutputTokens),
    stopSequences: listOf(config.stopSequences).map(textOf),
    thinking: thinkingOf(objectOf(config.thinkingConfig), model),
  };
}

/** The prompt in the order in which the model reads it. Gemini caches by itself, without breakpoints. */
export function geminiSegments(body: Json): PromptSegment[] {
  const parts = listOf(body.contents)
    .map(objectOf)
    .flatMap((content) => listOf(content.parts).map((part) => promptPart(content.role, part)));
  const all = [
    ...(body.systemInstruction === undefined ? [] : [objectOf(body.systemInstruction).parts]),
    ...listOf(body.tools),
    ...parts,
  ];
  return implicitly(all);
}

/** A signature is no text of the prompt: it costs nothing and must not part two equal prompts. */
function promptPart(role: unknown, part: unknown): unknown {
  const { thoughtSignature: _, ...rest } = objectOf(part);
  return { role: role === "model" ? "model" : "user", ...rest };
}

function textsOf(turn: GeminiTurn | undefined): string[] {
  return (turn?.parts ?? []).map((part) => textOf(part.text)).filter((text) => text !== "");
}

function resultsOf(turn: GeminiTurn): ToolOutcome[] {
  return turn.parts
    .map((part) => objectOf(part.functionResponse))
    .filter((response) => response.name !== undefined)
    .map((response) => ({ callId: textOf(response.id), text: stringsIn(response.response) }));
}

function toolsOf(body: Json): OfferedTool[] {
  return listOf(body.tools)
    .flatMap((tool) => listOf(objectOf(tool).functionDeclarations))
    .map(objectOf)
    .map((declared) => ({
      name: textOf(declared.name),
      schema: declared.parametersJsonSchema ?? declared.parameters ?? {},
    }));
}

function forcedTool(calling: Json, tools: readonly OfferedTool[]): string | null {
  if (textOf(calling.mode).toUpperCase() !== "ANY") return null;
  const allowed = listOf(calling.allowedFunctionNames).map(textOf);
  return allowed[0] ?? tools[0]?.name ?? null;
}

function outputSchema(config: Json): unknown {
  if (config.responseMimeType !== "application/json") return null;
  return config.responseJsonSchema ?? config._responseJsonSchema ?? config.responseSchema ?? {};
}

function thinkingOf(config: Json, model: GeminiModel): Conversation["thinking"] {
  if (!canThink(model.id) || config.thinkingBudget === 0) return "off";
  return config.includeThoughts === true ? "shown" : "hidden";
}
