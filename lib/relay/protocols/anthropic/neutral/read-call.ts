import { AppError } from "../../../../shared/errors";
import type { CallFacts } from "../../../model";
import type { NeutralCall, Turn } from "../../../neutral";
import type { Block, TextBlock } from "../../../neutral-blocks";
import { decode } from "../../../stream/bytes";
import { fields, parseJson, textOrNull, tokenCount } from "../../json-fields";
import { readOutputForm } from "./output-form";
import { readBlock } from "./read-blocks";
import { effortOf, readReasoning, thinkingKept } from "./read-reasoning";
import { readParallel, readToolChoice, readTools } from "./read-tools";
import { isObject, type Json, leftOver, numberOrNull, own, stringsOrNull } from "./wire";

/**
 * A call of the Messages API, or of its token count. Throws AppError("invalid_request").
 * @see https://docs.claude.com/en/api/messages
 */
export function readCall(body: Uint8Array, facts: CallFacts): NeutralCall {
  const raw = parseJson(decode(body));
  if (!isObject(raw)) throw new AppError("invalid_request", "body: a JSON object is required.");
  const tools = readTools(raw.tools);
  return {
    model: facts.model,
    stream: facts.stream !== null,
    system: readSystem(raw.system),
    turns: readTurns(raw.messages),
    tools,
    toolChoice: readToolChoice(raw.tool_choice, tools),
    parallelTools: readParallel(raw.tool_choice),
    maxOutputTokens: tokenCount(raw.max_tokens),
    sampling: {
      temperature: numberOrNull(raw.temperature),
      topP: numberOrNull(raw.top_p),
      topK: numberOrNull(raw.top_k),
      seed: null,
      frequencyPenalty: null,
      presencePenalty: null,
    },
    stop: stringsOrNull(raw.stop_sequences) ?? [],
    output: readOutputForm(raw),
    reasoning: readReasoning(raw),
    verbosity: null,
    candidates: null,
    logprobs: null,
    endUser: textOrNull(fields(raw.metadata).user_id),
    serviceTier: textOrNull(raw.service_tier),
    includeUsage: null,
    ...callRest(raw),
  };
}

const CALL_FIELDS = [
  ...["model", "stream", "system", "messages", "tools", "tool_choice", "max_tokens"],
  ...["temperature", "top_p", "top_k", "stop_sequences", "thinking", "output_config"],
  ...["output_format", "metadata", "service_tier"],
];

function callRest(raw: Json): { extra?: NeutralCall["extra"] } {
  const config = fields(raw.output_config);
  const known = effortOf(config) === null ? ["format"] : ["effort", "format"];
  const configRest = leftOver(config, known).extra;
  const metadataRest = leftOver(fields(raw.metadata), ["user_id"]).extra;
  const rest = {
    ...leftOver(raw, CALL_FIELDS).extra?.fields,
    ...(configRest ? { output_config: configRest.fields } : {}),
    ...(metadataRest ? { metadata: metadataRest.fields } : {}),
    ...thinkingKept(raw),
  };
  return Object.keys(rest).length > 0 ? { extra: own(rest) } : {};
}

function readSystem(system: unknown): TextBlock[] {
  return contentOf(system ?? [], "system")
    .map((raw) => readBlock(raw, new Map()))
    .filter((block) => block.kind === "text");
}

const ROLES: ReadonlySet<unknown> = new Set<Turn["role"]>(["user", "assistant", "system"]);

function readTurns(messages: unknown): Turn[] {
  if (!Array.isArray(messages)) {
    throw new AppError("invalid_request", "messages: a list is required.");
  }
  const called = new Map<string, string>();
  return messages.map((raw, index) => readTurn(fields(raw), `messages.${index}`, called));
}

function readTurn(raw: Json, path: string, called: Map<string, string>): Turn {
  if (!ROLES.has(raw.role)) {
    throw new AppError("invalid_request", `${path}.role: user, assistant or system is required.`);
  }
  const blocks = contentOf(raw.content ?? [], `${path}.content`).map((one) =>
    readBlock(one, called),
  );
  for (const block of blocks) noteCall(block, called);
  const role = raw.role as Turn["role"];
  return { role, blocks, ...leftOver(raw, ["role", "content"]) };
}

function noteCall(block: Block, called: Map<string, string>): void {
  if (block.kind === "tool-call" || block.kind === "hosted-call") called.set(block.id, block.name);
}

/** Fields without which a block means nothing. */
const REQUIRED: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    text: ["text"],
    tool_use: ["id", "name"],
    tool_result: ["tool_use_id"],
  }),
);

/** A text stands for one block of it. */
function contentOf(content: unknown, path: string): Json[] {
  if (typeof content === "string") return content === "" ? [] : [{ type: "text", text: content }];
  if (!Array.isArray(content)) {
    throw new AppError("invalid_request", `${path}: a text or a list of blocks is required.`);
  }
  return content.map((block, index) => {
    const type = textOrNull(fields(block).type);
    if (type === null) throw new AppError("invalid_request", `${path}.${index}.type: is required.`);
    const missing = (REQUIRED.get(type) ?? []).find(
      (name) => typeof fields(block)[name] !== "string",
    );
    if (!missing) return fields(block);
    throw new AppError("invalid_request", `${path}.${index}.${missing}: a text is required.`);
  });
}
