import { Refusal, type UpstreamCall } from "../call";
import { isObject, type Json, listOf, numberOf, objectOf, textOf } from "../json";
import type { UpstreamWorld } from "../world";
import { COUNT_FIELDS, MESSAGE_FIELDS, TOOL_FIELDS } from "./fields";
import {
  type AnthropicModel,
  alwaysThinks,
  findAnthropicModel,
  refusedThinking,
  samplingOf,
} from "./models";
import { checkMessages } from "./validate-messages";

/** Beta flags end in their date; the list grows by the month, so the form decides. */
const BETA_FORM = /^[a-z0-9]+(?:-[a-z0-9]+)*-20\d\d-?\d\d-?\d\d$/;
/** The official SDKs send the newest since their 1.0, Claude Code the middle one. */
const VERSIONS: ReadonlySet<string> = new Set(["2023-01-01", "2023-06-01", "2026-10-21"]);
const MAX_BREAKPOINTS = 4;
const MIN_THINKING_BUDGET = 1024;

/**
 * Refuses what the Messages API refuses, in its words; answers the model that will speak.
 * @see https://docs.claude.com/en/api/messages
 */
export function checkAnthropicCall(call: UpstreamCall, world: UpstreamWorld): AnthropicModel {
  checkHeaders(call);
  if (call.badJson) throw new Refusal(400, "The request body is not valid JSON");
  const { body } = call;
  const fields = call.action === "count" ? COUNT_FIELDS : MESSAGE_FIELDS;
  const extra = Object.keys(body).find((name) => !fields.has(name));
  if (extra !== undefined) throw new Refusal(400, `${extra}: Extra inputs are not permitted`);
  if (textOf(body.model) === "") throw new Refusal(400, "model: Field required");
  if (!Array.isArray(body.messages)) throw new Refusal(400, "messages: Field required");
  const model = findAnthropicModel(call.model, world.extraModels);
  if (model === null) throw new Refusal(404, `model: ${call.model}`);
  if (call.action !== "count") checkLimit(body, model);
  checkThinking(body, model);
  checkSampling(body, model);
  checkTools(body);
  checkForcedTool(body, model);
  checkBreakpoints(body);
  checkSystem(body);
  checkMessages(body, model, world);
  return model;
}

/** Headers that every endpoint wants. */
export function checkHeaders(call: UpstreamCall): void {
  const version = textOf(call.headers["anthropic-version"]);
  if (version === "") throw new Refusal(400, "anthropic-version: header is required");
  if (!VERSIONS.has(version)) {
    throw new Refusal(400, `anthropic-version: "${version}" is not a valid version`);
  }
  const refused = call.faults.flatMap((fault) =>
    fault.kind === "refuse-beta" ? [fault.beta] : [],
  );
  for (const beta of betasOf(call)) {
    if (BETA_FORM.test(beta) && !refused.includes(beta)) continue;
    throw new Refusal(
      400,
      `Unexpected value(s) \`${beta}\` for the \`anthropic-beta\` header. Please consult our documentation at docs.anthropic.com or try again without the header.`,
    );
  }
  const field = call.faults.find(
    (fault) => fault.kind === "refuse-field" && fault.field in call.body,
  );
  if (field?.kind === "refuse-field") {
    throw new Refusal(400, `${field.field}: Extra inputs are not permitted`);
  }
}

function betasOf(call: UpstreamCall): string[] {
  return textOf(call.headers["anthropic-beta"])
    .split(",")
    .map((beta) => beta.trim())
    .filter((beta) => beta !== "");
}

function checkLimit(body: Json, model: AnthropicModel): void {
  const limit = body.max_tokens;
  if (limit === undefined) throw new Refusal(400, "max_tokens: Field required");
  if (typeof limit !== "number" || !Number.isInteger(limit)) {
    throw new Refusal(400, "max_tokens: Input should be a valid integer");
  }
  if (limit < 1) {
    throw new Refusal(400, "max_tokens: Input should be greater than or equal to 1");
  }
  if (limit > model.maxOutputTokens) {
    throw new Refusal(
      400,
      `max_tokens: ${limit} > ${model.maxOutputTokens}, which is the maximum allowed number of output tokens for ${model.id}`,
    );
  }
}

function checkThinking(body: Json, model: AnthropicModel): void {
  const thinking = objectOf(body.thinking);
  const type = textOf(thinking.type);
  if (refusedThinking(model.id).has(type)) throw new Refusal(400, unsupportedThinking(type));
  if (type !== "enabled") return;
  const budget = numberOf(thinking.budget_tokens);
  if (budget === null) throw new Refusal(400, "thinking.enabled.budget_tokens: Field required");
  if (budget < MIN_THINKING_BUDGET) {
    throw new Refusal(
      400,
      "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024",
    );
  }
  const limit = numberOf(body.max_tokens);
  if (limit !== null && limit <= budget) {
    throw new Refusal(
      400,
      "`max_tokens` must be greater than `thinking.budget_tokens`. Please consult our documentation at https://docs.claude.com/en/docs/build-with-claude/extended-thinking#max-tokens-and-context-window-size",
    );
  }
}

function unsupportedThinking(type: string): string {
  if (type === "adaptive") return "adaptive thinking is not supported on this model";
  return `"thinking.type.${type}" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.`;
}

/** A budget of thoughts cannot stand beside a forced tool; adaptive thinking can, where it may be off. */
function checkForcedTool(body: Json, model: AnthropicModel): void {
  const choice = objectOf(body.tool_choice).type;
  if (choice !== "any" && choice !== "tool") return;
  if (alwaysThinks(model.id)) {
    throw new Refusal(400, 'tool_choice: type "tool" and "any" are not supported for this model.');
  }
  if (objectOf(body.thinking).type !== "enabled") return;
  throw new Refusal(400, "Thinking may not be enabled when tool_choice forces tool use.");
}

function isThinking(body: Json): boolean {
  const { type } = objectOf(body.thinking);
  return type === "enabled" || type === "adaptive";
}

function checkSampling(body: Json, model: AnthropicModel): void {
  for (const name of ["temperature", "top_p"]) checkShare(body[name], name);
  const { temperature, top_p: topP, top_k: topK } = body;
  const kind = samplingOf(model.id);
  if (kind === "none") {
    const refused = Object.entries({ temperature, top_p: topP, top_k: topK }).find(
      ([name, value]) => isSet(value) && (name === "top_k" || value !== 1),
    );
    if (refused) throw new Refusal(400, `\`${refused[0]}\` is deprecated for this model.`);
    return;
  }
  if (kind === "one" && isSet(temperature) && isSet(topP)) {
    throw new Refusal(
      400,
      "`temperature` and `top_p` cannot both be specified for this model. Please use only one.",
    );
  }
  if (isThinking(body)) checkThinkingSampling(body);
}

function checkShare(value: unknown, name: string): void {
  if (!isSet(value)) return;
  const number = numberOf(value);
  if (number === null) throw new Refusal(400, `${name}: Input should be a valid number`);
  if (number > 1) throw new Refusal(400, `${name}: Input should be less than or equal to 1`);
  if (number < 0) throw new Refusal(400, `${name}: Input should be greater than or equal to 0`);
}

function checkThinkingSampling({ temperature, top_p: topP, top_k: topK }: Json): void {
  const more =
    "Please consult our documentation at https://docs.claude.com/en/docs/build-with-claude/extended-thinking#important-considerations-when-using-extended-thinking";
  if (isSet(temperature) && temperature !== 1) {
    throw new Refusal(
      400,
      `\`temperature\` may only be set to 1 when thinking is enabled. ${more}`,
    );
  }
  if ((numberOf(topP) ?? 1) < 0.95) {
    throw new Refusal(
      400,
      `\`top_p\` must be greater than or equal to 0.95 or unset when thinking is enabled. ${more}`,
    );
  }
  if (isSet(topK)) {
    throw new Refusal(400, `\`top_k\` must be unset when thinking is enabled. ${more}`);
  }
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function checkSystem(body: Json): void {
  const system = listOf(body.system).map(objectOf);
  if (system.some((block) => textOf(block.text) === "")) {
    throw new Refusal(400, "system: text content blocks must be non-empty");
  }
}

function checkTools(body: Json): void {
  const names = new Set<string>();
  for (const [index, tool] of listOf(body.tools).entries()) {
    if (!isObject(tool)) throw new Refusal(400, `tools.${index}: Input should be an object`);
    checkCustomTool(tool, index);
    const name = textOf(tool.name);
    if (name !== "" && names.has(name)) throw new Refusal(400, "tools: Tool names must be unique.");
    names.add(name);
  }
  const choice = objectOf(body.tool_choice);
  if (choice.type === "tool" && !names.has(textOf(choice.name))) {
    throw new Refusal(400, `Tool '${textOf(choice.name)}' not found in provided tools`);
  }
}

function checkCustomTool(tool: Json, index: number): void {
  const type = tool.type ?? "custom";
  if (type !== "custom") return;
  const extra = Object.keys(tool).find((name) => !TOOL_FIELDS.has(name));
  if (extra !== undefined) {
    throw new Refusal(400, `tools.${index}.custom.${extra}: Extra inputs are not permitted`);
  }
  if (!/^[a-zA-Z0-9_-]{1,128}$/.test(textOf(tool.name))) {
    throw new Refusal(
      400,
      `tools.${index}.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'`,
    );
  }
  if (!isObject(tool.input_schema)) {
    throw new Refusal(400, `tools.${index}.custom.input_schema: Field required`);
  }
  if (tool.input_schema.type === undefined) {
    throw new Refusal(400, `tools.${index}.custom.input_schema.type: Field required`);
  }
}

function checkBreakpoints(body: Json): void {
  const messages = listOf(body.messages).flatMap((message) => listOf(objectOf(message).content));
  const blocks = [...listOf(body.tools), ...listOf(body.system), ...messages].map(objectOf);
  const inner = blocks.flatMap((block) => listOf(block.content)).map(objectOf);
  const found = [...blocks, ...inner].filter((block) => isObject(block.cache_control)).length;
  if (found <= MAX_BREAKPOINTS) return;
  throw new Refusal(
    400,
    `A maximum of ${MAX_BREAKPOINTS} blocks with cache_control may be provided. Found ${found}.`,
  );
}
