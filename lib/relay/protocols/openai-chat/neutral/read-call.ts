import type { CallFacts } from "../../../model";
import type { NeutralCall, OutputForm, Sampling } from "../../../neutral";
import { decode } from "../../../stream/bytes";
import { fields, parseJson, textOrNull, tokenCount } from "../../json-fields";
import { type Fields, stated, without } from "../../own-extra";
import { ownExtra } from "./own-extra";
import { readMessages } from "./read-messages";
import { REASONING_FIELDS, readReasoning } from "./read-reasoning";
import { readToolChoice, readTools } from "./read-tools";

/** What the neutral form has a word for; all else is kept as it came. */
const READ: readonly string[] = [
  "model",
  "stream",
  "stream_options",
  "messages",
  "tools",
  "functions",
  "web_search_options",
  "tool_choice",
  "function_call",
  "parallel_tool_calls",
  "max_completion_tokens",
  "max_tokens",
  "temperature",
  "top_p",
  "top_k",
  "seed",
  "frequency_penalty",
  "presence_penalty",
  "stop",
  "response_format",
  "verbosity",
  "n",
  "logprobs",
  "top_logprobs",
  "user",
  "service_tier",
  ...REASONING_FIELDS,
];

/**
 * The whole call. Throws AppError("invalid_request") with the name of the field that is none.
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
export function readCall(body: Uint8Array, facts: CallFacts): NeutralCall {
  const given = fields(parseJson(decode(body)));
  const { model, stream } = facts;
  return {
    model,
    stream: stream !== null,
    ...readMessages(given.messages),
    tools: readTools(given),
    toolChoice: readToolChoice(given),
    ...readSettings(given, stream !== null),
    extra: ownExtra({ ...stated(without(given, ...READ)), ...leftOf(given) }),
  };
}

/** What is left of fields that are read in part. */
function leftOf(given: Fields): Fields {
  const { response_format: format, tool_choice: choice } = given;
  const options = stated(without(fields(given.stream_options), "include_usage"));
  const isKnown = readOutput(format) !== null || fields(format).type === "text";
  return stated({
    stream_options: Object.keys(options).length > 0 ? options : null,
    response_format: isKnown ? null : format,
    tool_choice: readToolChoice(given) === null ? choice : null,
  });
}

/** How the model is to answer. Text completions share these fields. */
export function readSettings(given: Fields, stream: boolean) {
  const includeUsage = fields(given.stream_options).include_usage === true;
  return {
    parallelTools: flag(given.parallel_tool_calls),
    maxOutputTokens: tokenCount(given.max_completion_tokens) ?? tokenCount(given.max_tokens),
    sampling: readSampling(given),
    stop: readStop(given.stop),
    output: readOutput(given.response_format),
    reasoning: readReasoning(given),
    verbosity: VERBOSITIES.find((known) => known === given.verbosity) ?? null,
    candidates: tokenCount(given.n),
    logprobs: given.logprobs === true ? { top: tokenCount(given.top_logprobs) } : null,
    endUser: textOrNull(given.user),
    serviceTier: textOrNull(given.service_tier),
    includeUsage: stream ? includeUsage : null,
  };
}

const VERBOSITIES = ["low", "medium", "high"] as const;

function readSampling(given: Fields): Sampling {
  return {
    temperature: numberOrNull(given.temperature),
    topP: numberOrNull(given.top_p),
    // Not OpenAI's, but of nearly all who took this format over.
    topK: numberOrNull(given.top_k),
    seed: numberOrNull(given.seed),
    frequencyPenalty: numberOrNull(given.frequency_penalty),
    presencePenalty: numberOrNull(given.presence_penalty),
  };
}

function readStop(stop: unknown): string[] {
  return [stop].flat().filter((one) => typeof one === "string");
}

/** null for a plain text, which is no form, and for forms that only this protocol knows. */
function readOutput(format: unknown): OutputForm | null {
  const { type, json_schema } = fields(format);
  if (type === "json_object") return { kind: "json" };
  if (type !== "json_schema") return null;
  const { name, description, schema, strict } = fields(json_schema);
  return {
    kind: "schema",
    name: textOrNull(name),
    description: textOrNull(description),
    schema: fields(schema),
    strict: flag(strict),
  };
}

function numberOrNull(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

function flag(value: unknown): boolean | null {
  return typeof value === "boolean" ? value : null;
}
