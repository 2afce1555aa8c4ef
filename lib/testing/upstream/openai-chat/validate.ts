import type { UpstreamCall } from "../call";
import { isObject, type Json, listOf, numberOf, objectOf, textOf } from "../json";
import {
  checkEnvelope,
  checkFields,
  checkMetadata,
  checkSampling,
  checkToolName,
  missingParameter,
  toolNames,
  wrongType,
} from "../openai/checks";
import { checkEffort } from "../openai/efforts";
import { invalid, OpenAiRefusal } from "../openai/failure";
import {
  findOpenAiModel,
  isReasoning,
  type OpenAiModel,
  usualEffort,
  wantsResponsesForTools,
} from "../openai/models";
import { checkStrictSchema } from "../openai/strict-schema";
import type { UpstreamWorld } from "../world";
import { CHAT_FIELDS, CUSTOM_FIELDS, FUNCTION_FIELDS } from "./fields";
import { checkMessages, emptyArray } from "./validate-messages";

const MOST_TOOLS = 128;
const MOST_STOPS = 4;

/**
 * Refuses what Chat Completions refuses, in its words; answers the model that will speak.
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
export function checkChatCall(call: UpstreamCall, world: UpstreamWorld): OpenAiModel {
  checkEnvelope(call);
  const { body } = call;
  const extra = Object.keys(body).filter((name) => !CHAT_FIELDS.has(name));
  if (extra.length > 0) {
    const word = extra.length === 1 ? "argument" : "arguments";
    throw invalid(`Unrecognized request ${word} supplied: ${extra.join(", ")}`, null);
  }
  if (textOf(body.model) === "") throw invalid("you must provide a model parameter", null);
  checkMessages(body);
  const model = modelOf(call, world);
  checkModelFields(body, model);
  checkLimits(body, model);
  checkStops(body);
  checkMetadata(body.metadata);
  checkTools(body);
  checkChoice(body);
  checkFormat(body);
  if (isSet(body.stream_options) && body.stream !== true) {
    throw invalid(
      "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
      "stream_options",
    );
  }
  return model;
}

/** How hard the model thinks: as asked, or as it does by itself. */
export function effortOf(body: Json, model: OpenAiModel): string {
  return textOf(body.reasoning_effort) || usualEffort(model.alias);
}

function modelOf(call: UpstreamCall, world: UpstreamWorld): OpenAiModel {
  const model = findOpenAiModel(call.model, world.extraModels);
  if (model === null) {
    throw new OpenAiRefusal(
      404,
      `The model \`${call.model}\` does not exist or you do not have access to it.`,
      null,
      "model_not_found",
    );
  }
  if (model.use === "text" || model.use === "search") return model;
  const message =
    model.use === "responses-only"
      ? "This model is only supported in v1/responses and not in v1/chat/completions."
      : "This is not a chat model and thus not supported in the v1/chat/completions endpoint. Did you mean to use v1/completions?";
  throw new OpenAiRefusal(404, message, "model", null);
}

/** Fields that not every model takes. */
function checkModelFields(body: Json, model: OpenAiModel): void {
  const effort = effortOf(body, model);
  checkEffort(body.reasoning_effort, model, "reasoning_effort", () =>
    invalid("Unrecognized request argument supplied: reasoning_effort", null),
  );
  checkSampling(body, model, effort, (name, value) =>
    invalid(
      `Unsupported value: '${name}' does not support ${JSON.stringify(value)} with this model. Only the default (1) value is supported.`,
      name,
      "unsupported_value",
    ),
  );
  if (isReasoning(model.alias)) checkReasoningFields(body);
  checkSearchFields(body, model);
  if (effort === "none" || !wantsResponsesForTools(model.alias)) return;
  if (listOf(body.tools).some((tool) => objectOf(tool).type === "function")) {
    throw invalid(
      `Function tools with reasoning_effort are not supported for ${model.alias} in /v1/chat/completions. To use function tools, use /v1/responses or set reasoning_effort to 'none'.`,
      "reasoning_effort",
    );
  }
}

function checkReasoningFields(body: Json): void {
  if (isSet(body.max_tokens)) {
    throw invalid(
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      "max_tokens",
      "unsupported_parameter",
    );
  }
  const refused = ["stop", "logprobs", "top_logprobs", "logit_bias"].find(
    (name) => isSet(body[name]) && body[name] !== false,
  );
  if (refused === undefined) return;
  throw invalid(
    `Unsupported parameter: '${refused}' is not supported with this model.`,
    refused,
    "unsupported_parameter",
  );
}

function checkSearchFields(body: Json, model: OpenAiModel): void {
  const searches = model.use === "search";
  if (!searches && isSet(body.web_search_options)) {
    throw invalid(
      "Unknown parameter: 'web_search_options'.",
      "web_search_options",
      "unknown_parameter",
    );
  }
  const refused = ["temperature", "top_p", "n", "presence_penalty", "frequency_penalty"].find(
    (name) => searches && isSet(body[name]),
  );
  if (refused === undefined) return;
  throw invalid(`Model incompatible request argument supplied: ${refused}`, null);
}

function checkLimits(body: Json, model: OpenAiModel): void {
  if (isSet(body.max_tokens) && isSet(body.max_completion_tokens)) {
    throw invalid(
      "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
      "max_tokens",
      "invalid_parameter_combination",
    );
  }
  for (const name of ["max_tokens", "max_completion_tokens"]) {
    checkInteger(body[name], name, 1);
    const limit = numberOf(body[name]) ?? 0;
    if (limit <= model.maxOutputTokens) continue;
    throw invalid(
      `${name} is too large: ${limit}. This model supports at most ${model.maxOutputTokens} completion tokens, whereas you provided ${limit}.`,
      name,
      "invalid_value",
    );
  }
  checkInteger(body.n, "n", 1);
}

function checkInteger(value: unknown, name: string, lowest: number): void {
  if (!isSet(value)) return;
  if (!Number.isInteger(value)) throw wrongType(name, "an integer", value);
  if (Number(value) >= lowest) return;
  throw invalid(
    `Invalid '${name}': integer below minimum value. Expected a value >= ${lowest}, but got ${value} instead.`,
    name,
    "integer_below_min_value",
  );
}

function checkStops(body: Json): void {
  const stops = listOf(body.stop);
  if (stops.length <= MOST_STOPS) return;
  throw invalid(
    `Invalid 'stop': array too long. Expected an array with maximum length ${MOST_STOPS}, but got an array with length ${stops.length} instead.`,
    "stop",
    "array_above_max_length",
  );
}

function checkTools(body: Json): void {
  if (!isSet(body.tools)) return;
  if (!Array.isArray(body.tools)) throw wrongType("tools", "an array of objects", body.tools);
  if (body.tools.length === 0) throw emptyArray("tools");
  if (body.tools.length > MOST_TOOLS) {
    throw invalid(
      `Invalid 'tools': array too long. Expected an array with maximum length ${MOST_TOOLS}, but got an array with length ${body.tools.length} instead.`,
      "tools",
      "array_above_max_length",
    );
  }
  for (const [index, tool] of body.tools.entries()) checkTool(objectOf(tool), `tools[${index}]`);
}

function checkTool(tool: Json, path: string): void {
  if (tool.type === undefined) throw missingParameter(`${path}.type`);
  if (tool.type !== "function" && tool.type !== "custom") {
    throw invalid(
      `Invalid value: '${textOf(tool.type)}'. Supported values are: 'function' and 'custom'.`,
      `${path}.type`,
      "invalid_value",
    );
  }
  checkFields(tool, new Set(["type", tool.type]), path);
  const declared = tool[tool.type];
  if (!isObject(declared)) throw missingParameter(`${path}.${tool.type}`);
  checkFields(
    declared,
    tool.type === "function" ? FUNCTION_FIELDS : CUSTOM_FIELDS,
    `${path}.${tool.type}`,
  );
  checkToolName(declared.name, `${path}.${tool.type}.name`);
  if (tool.type === "function") checkParameters(declared, `${path}.function`);
}

/** A function without parameters has an empty list of them. */
function checkParameters(declared: Json, path: string): void {
  const name = `function '${textOf(declared.name)}'`;
  const { parameters } = declared;
  if (!isSet(parameters)) return;
  if (declared.strict === true) checkStrictSchema(parameters, name, `${path}.parameters`);
  const type = objectOf(parameters).type;
  if (type === "object") return;
  throw invalid(
    `Invalid schema for ${name}: schema must be a JSON Schema of 'type: "object"', got 'type: "${type === undefined ? "None" : String(type)}"'.`,
    `${path}.parameters`,
    "invalid_function_parameters",
  );
}

function checkChoice(body: Json): void {
  for (const field of ["tool_choice", "parallel_tool_calls"]) {
    if (!isSet(body[field]) || isSet(body.tools)) continue;
    throw invalid(`'${field}' is only allowed when 'tools' are specified.`, field);
  }
  const choice = body.tool_choice;
  if (!isSet(choice)) return;
  if (typeof choice === "string") {
    if (["none", "auto", "required"].includes(choice)) return;
    throw invalid(
      `Invalid value: '${choice}'. Supported values are: 'none', 'auto', and 'required'.`,
      "tool_choice",
      "invalid_value",
    );
  }
  checkNamedChoice(objectOf(choice), toolNames(body.tools));
}

function checkNamedChoice(choice: Json, offered: readonly string[]): void {
  const type = textOf(choice.type);
  const wanted: Readonly<Record<string, unknown>> = {
    function: objectOf(choice.function).name,
    custom: objectOf(choice.custom).name,
    allowed_tools: objectOf(choice.allowed_tools).tools,
  };
  if (wanted[type] === undefined) throw missingParameter(`tool_choice.${type || "type"}`);
  const names = type === "allowed_tools" ? toolNames(wanted[type]) : [textOf(wanted[type])];
  const lost = names.find((name) => !offered.includes(name));
  if (lost === undefined) return;
  throw invalid(`Tool choice '${type} ${lost}' not found in 'tools' parameter.`, "tool_choice");
}

function checkFormat(body: Json): void {
  const format = objectOf(body.response_format);
  if (format.type === "json_object" && !/json/i.test(JSON.stringify(body.messages))) {
    throw invalid(
      "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
      "messages",
    );
  }
  if (format.type !== "json_schema") return;
  const named = objectOf(format.json_schema);
  const path = "response_format.json_schema";
  if (!isObject(format.json_schema)) throw missingParameter(path);
  checkFields(named, new Set(["name", "description", "schema", "strict"]), path);
  checkToolName(named.name, `${path}.name`);
  if (named.strict === true) {
    checkStrictSchema(named.schema, `response_format '${textOf(named.name)}'`, "response_format");
  }
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}
