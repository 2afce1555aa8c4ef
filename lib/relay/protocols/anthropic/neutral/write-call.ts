import type { NeutralCall } from "../../../neutral";
import { encode } from "../../../stream/bytes";
import { fields } from "../../json-fields";
import { type Lose, lossList } from "../../loss-list";
import type { CallTarget, Written } from "../../translator";
import { loseForeign } from "./lose-foreign";
import type { Message } from "./message";
import { type ModelTraits, traitsOf } from "./model-traits";
import { writeOutputForm } from "./output-form";
import { type Json, ownFields } from "./wire";
import { thinks, type WrittenReasoning, writeReasoning } from "./write-reasoning";
import { writeSampling } from "./write-sampling";
import { isForced, writeToolChoice, writeTools } from "./write-tools";
import { writeTurns } from "./write-turns";

/**
 * A call as Anthropic accepts it. What it would refuse is left out and named as a loss.
 * @see https://docs.claude.com/en/api/messages
 */
export function writeCall(call: NeutralCall, target: CallTarget): Written {
  const { lose, list } = lossList();
  const traits = traitsOf(target.model);
  const { system, messages } = writeTurns(call, traits, lose);
  const tools = writeTools(call, traits, lose);
  const choice = writeToolChoice(call, tools, traits, lose);
  const maxTokens = maxTokensOf(call, traits);
  const forced = isForced(choice);
  const reasoning = writeReasoning(call, { traits, maxTokens, forced, messages, lose });
  const body = {
    model: target.model,
    max_tokens: maxTokens,
    ...(call.stream ? { stream: true } : {}),
    ...(system.length > 0 ? { system } : {}),
    messages: messages.map(messageJson),
    ...(tools.length > 0 ? { tools: tools.map(({ json }) => json) } : {}),
    ...(choice ? { tool_choice: choice } : {}),
    ...(reasoning.thinking ? { thinking: reasoning.thinking } : {}),
    ...outputConfig(call, reasoning, traits, lose),
    ...writeSampling(call, traits, thinks(reasoning), lose),
    ...stopSequences(call, lose),
    ...metadata(call),
    ...serviceTier(call, lose),
    ...restOf(call),
  };
  loseUnsayable(call, lose);
  return { body: encode(JSON.stringify(forAction(body, target.action))), losses: list() };
}

/** Limit of a call that states none, which other protocols allow: Claude Code's own, or the model's. */
const DEFAULT_MAX_TOKENS = 32_000;

/** A limit above the model's own is refused, and could not be reached. */
function maxTokensOf({ maxOutputTokens }: NeutralCall, { maxOutput }: ModelTraits): number {
  const wanted = Math.max(maxOutputTokens ?? DEFAULT_MAX_TOKENS, 1);
  return maxOutput === null ? wanted : Math.min(wanted, maxOutput);
}

function messageJson({ role, content, rest }: Message): Json {
  return { role, content, ...rest };
}

function outputConfig(
  call: NeutralCall,
  { effort }: WrittenReasoning,
  traits: ModelTraits,
  lose: Lose,
): { output_config?: Json } {
  const format = writeOutputForm(call.output, traits, lose);
  const config = {
    ...(effort === null ? {} : { effort }),
    ...(format ? { format } : {}),
    ...fields(ownFields(call.extra).output_config),
  };
  return Object.keys(config).length > 0 ? { output_config: config } : {};
}

/** Sequences of white space only are refused. */
function stopSequences({ stop }: NeutralCall, lose: Lose): { stop_sequences?: string[] } {
  const kept = stop.filter((sequence) => sequence.trim() !== "");
  if (kept.length < stop.length) lose("stop-sequences", "stop of white space");
  return kept.length > 0 ? { stop_sequences: kept } : {};
}

function metadata({ endUser, extra }: NeutralCall): { metadata?: Json } {
  const given = {
    ...(endUser === null ? {} : { user_id: endUser }),
    ...fields(ownFields(extra).metadata),
  };
  return Object.keys(given).length > 0 ? { metadata: given } : {};
}

/** OpenAI's "default" is the standard tier; its paid and slow tiers have no like. */
const TIERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    auto: "auto",
    default: "standard_only",
    standard_only: "standard_only",
  }),
);

function serviceTier({ serviceTier: tier }: NeutralCall, lose: Lose): { service_tier?: string } {
  if (tier === null) return {};
  const written = TIERS.get(tier);
  if (written === undefined) lose("service-tier", "service tier");
  return written === undefined ? {} : { service_tier: written };
}

/** Fields of this protocol's own calls that were kept as they came; others are merged above. */
function restOf({ extra }: NeutralCall): Json {
  const { output_config: _config, metadata: _metadata, thinking, ...rest } = ownFields(extra);
  return thinking ? { ...rest, thinking } : rest;
}

function loseUnsayable(call: NeutralCall, lose: Lose): void {
  loseForeign(call.extra, lose);
  if (call.candidates !== null && call.candidates > 1) lose("candidates", "candidates");
  if (call.logprobs !== null) lose("logprobs", "logprobs");
  // Medium is how long the model answers by itself.
  if (call.verbosity !== null && call.verbosity !== "medium") lose("verbosity", "verbosity");
}

/** What a count of tokens does not take. */
const NOT_COUNTED = new Set([
  ...["max_tokens", "stream", "stop_sequences", "temperature", "top_p", "top_k", "metadata"],
  ...["service_tier", "container", "inference_geo", "diagnostics"],
]);

function forAction(body: Json, action: CallTarget["action"]): Json {
  if (action === "generate") return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => !NOT_COUNTED.has(name)));
}
