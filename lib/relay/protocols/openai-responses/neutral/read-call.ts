import { AppError } from "../../../../shared/errors";
import type { CallFacts } from "../../../model";
import {
  type NeutralCall,
  NO_SAMPLING,
  type OutputForm,
  type Reasoning,
  type Tool,
} from "../../../neutral";
import { decode } from "../../../stream/bytes";
import { fields, parseJson, textOrNull, tokenCount } from "../../json-fields";
import { readEffort } from "../../openai-efforts";
import { type Fields, stated, without } from "../../own-extra";
import { ownExtra } from "./own-extra";
import { readInput } from "./read-items";
import { plainText } from "./read-parts";
import { readToolChoice, readTools } from "./read-tools";

/** What the neutral form has a word for; all else is kept as it came. */
const READ = [
  "model",
  "stream",
  "input",
  "instructions",
  "tools",
  "tool_choice",
  "parallel_tool_calls",
  "max_output_tokens",
  "temperature",
  "top_p",
  "top_logprobs",
  "reasoning",
  "text",
  "service_tier",
];

/**
 * The whole call.
 * @see https://platform.openai.com/docs/api-reference/responses/create
 */
export function readCall(body: Uint8Array, { model, stream }: CallFacts): NeutralCall {
  const given = fields(parseJson(decode(body)));
  const tools = readTools(listOf(given, "tools"));
  const uses = maxUses(given, tools);
  const instructions = textOrNull(given.instructions);
  const text = fields(given.text);
  const top = tokenCount(given.top_logprobs);
  const user = given.safety_identifier ? "safety_identifier" : "user";
  const read = [...READ, user, ...(uses === null ? [] : ["max_tool_calls"])];
  return {
    model,
    stream: stream !== null,
    system: instructions === null ? [] : [plainText(instructions)],
    turns: readInput(given.input),
    tools: uses === null ? tools : tools.map((tool) => withUses(tool, uses)),
    toolChoice: readToolChoice(given.tool_choice),
    parallelTools: booleanOrNull(given.parallel_tool_calls),
    maxOutputTokens: tokenCount(given.max_output_tokens),
    sampling: { ...NO_SAMPLING, ...readSampling(given) },
    stop: [],
    output: readOutputForm(text.format),
    reasoning: readReasoning(given.reasoning),
    verbosity: readVerbosity(text.verbosity),
    candidates: null,
    logprobs: top === null ? null : { top },
    endUser: textOrNull(given[user]),
    serviceTier: textOrNull(given.service_tier),
    includeUsage: null,
    extra: ownExtra({ ...stated(without(given, ...read)), ...leftOf(given) }),
  };
}

/** What is left of fields that are read in part. */
function leftOf(given: Fields): Fields {
  const reasoning = fields(given.reasoning);
  const effort = readEffort(reasoning.effort) === null ? [] : ["effort"];
  const text = fields(given.text);
  const format = readOutputForm(text.format) === null ? [] : ["format"];
  const verbosity = readVerbosity(text.verbosity) === null ? [] : ["verbosity"];
  const choice = readToolChoice(given.tool_choice) === null ? given.tool_choice : null;
  return stated({
    reasoning: orNull(stated(without(reasoning, "summary", ...effort))),
    text: orNull(stated(without(text, ...format, ...verbosity))),
    tool_choice: choice,
  });
}

function orNull(left: Fields): Fields | null {
  return Object.keys(left).length > 0 ? left : null;
}

function listOf(given: Fields, name: string): unknown {
  const list = given[name];
  if (list === undefined || list === null || Array.isArray(list)) return list;
  throw new AppError("invalid_request", `${name}: a list is required.`);
}

function readSampling({ temperature, top_p }: Fields) {
  return { temperature: numberOrNull(temperature), topP: numberOrNull(top_p) };
}

function readReasoning(reasoning: unknown): Reasoning | null {
  if (reasoning === undefined || reasoning === null) return null;
  const given = fields(reasoning);
  const effort = readEffort(given.effort);
  const summary = textOrNull(given.summary);
  return {
    enabled: effort === "none" ? false : null,
    effort,
    budgetTokens: null,
    show: summary === null ? null : true,
    summary,
  };
}

/** null for a plain text, which is no form, and for forms that only this protocol knows. */
function readOutputForm(format: unknown): OutputForm | null {
  const given = fields(format);
  if (given.type === "json_object") return { kind: "json" };
  if (given.type !== "json_schema") return null;
  return {
    kind: "schema",
    name: textOrNull(given.name),
    description: textOrNull(given.description),
    schema: fields(given.schema),
    strict: booleanOrNull(given.strict),
  };
}

const VERBOSITIES = ["low", "medium", "high"] as const;

function readVerbosity(verbosity: unknown) {
  return VERBOSITIES.find((known) => known === verbosity) ?? null;
}

/** `max_tool_calls` counts all hosted tools: it is the search's own bound only when that is the only one. */
function maxUses({ max_tool_calls }: Fields, tools: readonly Tool[]): number | null {
  const hosted = tools.filter(({ kind }) => kind === "hosted");
  const [only] = hosted;
  const isSearch = only?.kind === "hosted" && only.tool === "web-search";
  return hosted.length === 1 && isSearch ? tokenCount(max_tool_calls) : null;
}

function withUses(tool: Tool, uses: number): Tool {
  return tool.kind === "hosted" ? { ...tool, maxUses: uses } : tool;
}

function numberOrNull(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

function booleanOrNull(value: unknown): boolean | null {
  return typeof value === "boolean" ? value : null;
}
