import type { NeutralCall, OutputForm, Reasoning } from "../../../neutral";
import { fields } from "../../json-fields";
import type { Lose } from "../../loss-list";
import { askedEffort, effortsOf, nearestEffort } from "../../openai-efforts";
import { ANY_OBJECT, endUserOf, namedSchema, saysJson, tierOf } from "../../openai-settings";
import { type Fields, stated } from "../../own-extra";
import { isOwn, ownFields } from "./own-extra";

/** Below this the upstream refuses the call. */
const LEAST_OUTPUT = 16;

/** How the model is to answer, field by field; what has none is named as a loss. */
export function writeSettings(call: NeutralCall, model: string, lose: Lose): Fields {
  const { maxOutputTokens, parallelTools, logprobs } = call;
  const reasoning = writeReasoning(call, model, lose);
  loseUnknown(call, lose);
  return stated({
    max_output_tokens: maxOutputTokens === null ? null : Math.max(maxOutputTokens, LEAST_OUTPUT),
    parallel_tool_calls: parallelTools,
    ...writeSampling(call, model, reasoning, lose),
    reasoning: orNull(reasoning),
    text: orNull(writeText(call, lose)),
    top_logprobs: logprobs ? (logprobs.top ?? 0) : null,
    safety_identifier: isOwn(call.extra) ? call.endUser : endUserOf(call, lose),
    service_tier: isOwn(call.extra) ? call.serviceTier : tierOf(call, lose),
  });
}

function orNull(given: Fields): Fields | null {
  return Object.keys(given).length > 0 ? given : null;
}

/** Models that reason refuse sampling, unless they are told not to. */
function writeSampling(
  { sampling, extra }: NeutralCall,
  model: string,
  reasoning: Fields,
  lose: Lose,
) {
  const { temperature, topP } = sampling;
  const reasons = effortsOf(model).length > 0 && reasoning.effort !== "none";
  if (!reasons || isOwn(extra)) return { temperature: temperature, top_p: topP };
  if (temperature !== null) lose("sampling", "temperature");
  if (topP !== null) lose("sampling", "top_p");
  return {};
}

function loseUnknown({ sampling, stop, candidates }: NeutralCall, lose: Lose): void {
  if (sampling.topK !== null) lose("sampling", "top_k");
  if (sampling.seed !== null) lose("seed", "seed");
  if (sampling.frequencyPenalty) lose("penalties", "frequency_penalty");
  if (sampling.presencePenalty) lose("penalties", "presence_penalty");
  if (stop.length > 0) lose("stop-sequences", "stop");
  if (candidates !== null && candidates > 1) lose("candidates", "n");
}

function writeReasoning({ reasoning, extra }: NeutralCall, model: string, lose: Lose): Fields {
  const own = fields(ownFields(extra).reasoning);
  if (!reasoning) return own;
  if (isOwn(extra)) {
    return { ...stated({ effort: reasoning.effort, summary: reasoning.summary }), ...own };
  }
  const taken = effortsOf(model);
  if (taken.length === 0) {
    if (reasoning.enabled !== false) lose("reasoning-settings", "reasoning");
    return {};
  }
  const asked = askedEffort(reasoning);
  const effort = asked && nearestEffort(asked, taken);
  if (effort !== asked) lose("reasoning-settings", "effort");
  if (reasoning.effort === null && (reasoning.budgetTokens ?? -1) > 0) {
    lose("reasoning-settings", "budget");
  }
  return stated({ effort, summary: reasoning.summary ?? (shows(reasoning) ? "auto" : null) });
}

/** Who switches thinking on expects to see it, as Anthropic shows it, unless it says otherwise. */
function shows({ show, enabled }: Reasoning): boolean {
  return show ?? enabled === true;
}

function writeText(call: NeutralCall, lose: Lose): Fields {
  const { output, verbosity, extra } = call;
  const format = output && writeFormat(output, call, lose);
  return { ...fields(ownFields(extra).text), ...stated({ format, verbosity }) };
}

function writeFormat(output: OutputForm, { turns, extra }: NeutralCall, lose: Lose): Fields {
  if (output.kind === "json") {
    const takesMode = isOwn(extra) || saysJson(turns.flatMap(({ blocks }) => blocks));
    return takesMode ? JSON_MODE : { type: "json_schema", ...ANY_OBJECT };
  }
  const { kind: _, ...asItCame } = output;
  return { type: "json_schema", ...(isOwn(extra) ? stated(asItCame) : namedSchema(output, lose)) };
}

const JSON_MODE = { type: "json_object" };
