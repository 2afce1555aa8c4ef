import type { Effort, NeutralCall, Reasoning, Sampling } from "../../../neutral";
import type { Lose } from "../../loss-list";
import { askedEffort, nearestEffort } from "../../openai-efforts";
import { endUserOf, tierOf } from "../../openai-settings";
import { type Fields, stated } from "../../own-extra";
import type { ModelTraits } from "./model-traits";
import { isOwn } from "./own-extra";
import { writeOutput } from "./write-output";

const MOST_STOPS = 4;

/** How the model is to answer, field by field; what it refuses is left out and named as a loss. */
export function writeSettings(call: NeutralCall, traits: ModelTraits, lose: Lose): Fields {
  const effort = effortOf(call, traits, lose);
  const reasons = effort === null ? traits.reasonsUnasked : effort !== "none";
  const thinks = traits.isOpenai && traits.efforts.length > 0;
  const limit = traits.isOpenai ? "max_completion_tokens" : "max_tokens";
  return stated({
    reasoning_effort: effort,
    [limit]: limitOf(call, traits),
    ...writeSampling(call, (thinks && reasons) || traits.searches, lose),
    ...(thinks && !isOwn(call.extra) ? loseOfThinkers(call, lose) : ofAnyModel(call, lose)),
    n: candidatesOf(call, traits, lose),
    response_format: writeOutput(call, traits, lose),
    verbosity: verbosityOf(call, thinks, lose),
    user: isOwn(call.extra) ? call.endUser : endUserOf(call, lose),
    service_tier: isOwn(call.extra) ? call.serviceTier : tierOf(call, lose),
  });
}

function limitOf({ maxOutputTokens, extra }: NeutralCall, { mostOutput }: ModelTraits) {
  if (maxOutputTokens === null || mostOutput === null || isOwn(extra)) return maxOutputTokens;
  // More than a model can say is refused rather than cut.
  return Math.min(maxOutputTokens, mostOutput);
}

function effortOf(call: NeutralCall, traits: ModelTraits, lose: Lose): Effort | null {
  const { reasoning, tools, extra } = call;
  const asked = reasoning && askedEffort(reasoning);
  if (isOwn(extra)) return asked;
  loseReasoning(reasoning, traits, lose);
  const effort = asked && nearestEffort(asked, traits.efforts);
  if (traits.functionsWithoutThought && tools.some(({ kind }) => kind === "function")) {
    return withoutThought(effort, traits, lose);
  }
  if (effort !== null && effort !== asked) lose("reasoning-settings", "effort");
  return effort;
}

function loseReasoning(reasoning: Reasoning | null, { efforts }: ModelTraits, lose: Lose): void {
  if (!reasoning) return;
  if (reasoning.summary !== null) lose("reasoning-settings", "summary");
  if (efforts.length === 0) {
    if (reasoning.enabled !== false) lose("reasoning-settings", "reasoning");
  } else if (reasoning.effort === null && (reasoning.budgetTokens ?? -1) > 0) {
    lose("reasoning-settings", "budget");
  }
}

/** The newest models reason and call functions in Responses only. */
function withoutThought(effort: Effort | null, traits: ModelTraits, lose: Lose): Effort {
  const reasons = effort === null ? traits.reasonsUnasked : effort !== "none";
  if (reasons) lose("reasoning-settings", "effort beside functions");
  return "none";
}

/** Values that change nothing, whether they are sent or not. */
const USUAL = { temperature: 1, top_p: 1, frequency_penalty: 0, presence_penalty: 0 } as const;

function writeSampling({ sampling, extra }: NeutralCall, isRefused: boolean, lose: Lose): Fields {
  const fields = samplingFields(sampling);
  if (isOwn(extra)) return { ...fields, top_k: sampling.topK };
  if (sampling.topK !== null) lose("sampling", "top_k");
  if (!isRefused) return fields;
  for (const name of Object.keys(USUAL) as (keyof typeof USUAL)[]) {
    if (fields[name] === null || fields[name] === USUAL[name]) continue;
    lose(name.endsWith("penalty") ? "penalties" : "sampling", name);
  }
  return { seed: sampling.seed };
}

function samplingFields({ temperature, topP, seed, ...penalties }: Sampling) {
  return {
    temperature,
    top_p: topP,
    seed,
    frequency_penalty: penalties.frequencyPenalty,
    presence_penalty: penalties.presencePenalty,
  };
}

/** Models that reason refuse these at whatever effort. */
function loseOfThinkers({ stop, logprobs }: NeutralCall, lose: Lose): Fields {
  if (stop.length > 0) lose("stop-sequences", "stop");
  if (logprobs) lose("logprobs", "logprobs");
  return {};
}

function ofAnyModel({ stop, logprobs, extra }: NeutralCall, lose: Lose): Fields {
  const most = isOwn(extra) ? stop.length : MOST_STOPS;
  if (stop.length > most) lose("stop-sequences", `more than ${MOST_STOPS}`);
  return {
    stop: stop.length > 0 ? stop.slice(0, most) : null,
    ...(logprobs ? { logprobs: true, top_logprobs: logprobs.top } : {}),
  };
}

function candidatesOf({ candidates, extra }: NeutralCall, traits: ModelTraits, lose: Lose) {
  if (!traits.searches || isOwn(extra)) return candidates;
  if (candidates !== null && candidates > 1) lose("candidates", "n");
  return null;
}

function verbosityOf({ verbosity, extra }: NeutralCall, thinks: boolean, lose: Lose) {
  if (verbosity === null || thinks || isOwn(extra)) return verbosity;
  lose("verbosity", "verbosity");
  return null;
}
