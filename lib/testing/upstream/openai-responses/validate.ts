import type { UpstreamCall } from "../call";
import { isObject, type Json, listOf, objectOf, textOf } from "../json";
import {
  checkEnvelope,
  checkFields,
  checkMetadata,
  checkSampling,
  missingParameter,
  unknownParameter,
  wrongType,
} from "../openai/checks";
import { checkEffort } from "../openai/efforts";
import { invalid } from "../openai/failure";
import { findOpenAiModel, isReasoning, type OpenAiModel, usualEffort } from "../openai/models";
import { checkStrictSchema } from "../openai/strict-schema";
import type { UpstreamWorld } from "../world";
import { COMPACT_FIELDS, COUNT_FIELDS, INCLUDABLE, MOVED_FIELDS, RESPONSE_FIELDS } from "./fields";
import { checkItems, inputItems } from "./validate-items";
import { checkChoice, checkTools } from "./validate-tools";

const FEWEST_TOKENS = 16;
const REASONING_FIELDS: ReadonlySet<string> = new Set([
  "effort",
  "summary",
  "generate_summary",
  "context",
  "mode",
]);

/** A checked request: its model, and its items with those of the response before. */
export interface CheckedResponse {
  model: OpenAiModel;
  items: readonly Json[];
}

/**
 * Refuses what the Responses API refuses, in its words.
 * @see https://platform.openai.com/docs/api-reference/responses/create
 */
export function checkResponsesCall(call: UpstreamCall, world: UpstreamWorld): CheckedResponse {
  checkEnvelope(call);
  const { body } = call;
  checkTopFields(body, FIELDS[call.action] ?? RESPONSE_FIELDS);
  if (textOf(body.model) === "") throw missingParameter("model");
  const items = itemsOf(body, world);
  const model = modelOf(call, world);
  checkLimit(body, model);
  checkReasoningFields(body, model);
  checkInclude(body, model);
  checkMetadata(body.metadata);
  checkTools(body.tools, "tools");
  checkChoice(body);
  checkFormat(objectOf(objectOf(body.text).format));
  checkItems(items, world);
  return { model, items };
}

/** How hard the model thinks: as asked, or as it does by itself. */
export function effortOf(body: Json, model: OpenAiModel): string {
  return textOf(objectOf(body.reasoning).effort) || usualEffort(model.alias);
}

const FIELDS: Readonly<Partial<Record<UpstreamCall["action"], ReadonlySet<string>>>> = {
  count: COUNT_FIELDS,
  compact: COMPACT_FIELDS,
};

function checkTopFields(body: Json, known: ReadonlySet<string>): void {
  const extra = Object.keys(body).find((name) => !known.has(name));
  if (extra === undefined) return;
  const moved = MOVED_FIELDS[extra];
  if (moved === undefined) throw unknownParameter(extra);
  throw invalid(
    `Unsupported parameter: '${extra}'. In the Responses API, this parameter has moved to '${moved}'. Try again with the new parameter. See the API documentation for more information: https://platform.openai.com/docs/api-reference/responses/create.`,
    extra,
    "unsupported_parameter",
  );
}

function itemsOf(body: Json, world: UpstreamWorld): Json[] {
  const { input } = body;
  const previous = textOf(body.previous_response_id);
  if (input !== undefined && input !== null && typeof input !== "string" && !Array.isArray(input)) {
    throw wrongType("input", "one of an array of objects or string", input);
  }
  if ((input === undefined || input === null) && previous === "") {
    throw invalid(
      'One of "input" or "previous_response_id" or "prompt" or "conversation_id" must be provided.',
      "input",
      "missing_required_parameter",
    );
  }
  const before = previous === "" ? [] : world.responses.get(previous);
  if (before === undefined) {
    throw invalid(
      `Previous response with id '${previous}' not found.`,
      "previous_response_id",
      "previous_response_not_found",
    );
  }
  return [...before, ...inputItems(input).map(objectOf)];
}

function modelOf(call: UpstreamCall, world: UpstreamWorld): OpenAiModel {
  const model = findOpenAiModel(call.model, world.extraModels);
  if (model?.use === "text" || model?.use === "responses-only") return model;
  if (model === null) {
    throw invalid(
      `The requested model '${call.model}' does not exist.`,
      "model",
      "model_not_found",
    );
  }
  throw invalid(
    `The requested model '${call.model}' cannot be used with the Responses API.`,
    "model",
    "unsupported_model",
  );
}

function checkLimit(body: Json, model: OpenAiModel): void {
  const limit = body.max_output_tokens;
  const name = "max_output_tokens";
  if (limit === undefined || limit === null) return;
  if (typeof limit !== "number" || !Number.isInteger(limit)) {
    throw wrongType(name, "an integer", limit);
  }
  if (limit < FEWEST_TOKENS) {
    throw invalid(
      `Invalid '${name}': integer below minimum value. Expected a value >= ${FEWEST_TOKENS}, but got ${limit} instead.`,
      name,
      "integer_below_min_value",
    );
  }
  if (limit <= model.maxOutputTokens) return;
  throw invalid(
    `Invalid '${name}': integer above maximum value. Expected a value <= ${model.maxOutputTokens}, but got ${limit} instead.`,
    name,
    "integer_above_max_value",
  );
}

function checkReasoningFields(body: Json, model: OpenAiModel): void {
  const reasoning = objectOf(body.reasoning);
  checkFields(reasoning, REASONING_FIELDS, "reasoning");
  const unsupported = (name: string) =>
    invalid(
      `Unsupported parameter: '${name}' is not supported with this model.`,
      name,
      "unsupported_parameter",
    );
  checkEffort(reasoning.effort, model, "reasoning.effort", () => unsupported("reasoning.effort"));
  const { summary } = reasoning;
  if (summary !== undefined && summary !== null) {
    if (!isReasoning(model.alias)) throw unsupported("reasoning.summary");
    if (!["auto", "concise", "detailed"].includes(textOf(summary))) {
      throw invalid(
        `Invalid value: '${textOf(summary)}'. Supported values are: 'concise', 'detailed', and 'auto'.`,
        "reasoning.summary",
        "invalid_value",
      );
    }
  }
  checkSampling(body, model, effortOf(body, model), unsupported);
}

function checkInclude(body: Json, model: OpenAiModel): void {
  for (const [index, value] of listOf(body.include).entries()) {
    if (INCLUDABLE.has(textOf(value))) continue;
    const known = [...INCLUDABLE].map((one) => `'${one}'`).join(", ");
    throw invalid(
      `Invalid value: '${textOf(value)}'. Supported values are: ${known}.`,
      `include[${index}]`,
      "invalid_value",
    );
  }
  if (isReasoning(model.alias)) return;
  if (listOf(body.include).includes("reasoning.encrypted_content")) {
    throw invalid("Encrypted content is not supported with this model.", "include");
  }
}

function checkFormat(format: Json): void {
  if (format.type !== "json_schema") return;
  const path = "text.format";
  checkFields(format, new Set(["type", "name", "description", "schema", "strict"]), path);
  if (typeof format.name !== "string") throw missingParameter(`${path}.name`);
  if (!isObject(format.schema)) throw missingParameter(`${path}.schema`);
  if (format.strict !== true) return;
  checkStrictSchema(format.schema, `response_format '${format.name}'`, `${path}.schema`);
}
