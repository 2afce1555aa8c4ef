import type { NeutralCall, Sampling } from "../../../neutral";
import type { Lose } from "../../loss-list";
import type { ModelTraits } from "./model-traits";

interface WrittenSampling {
  temperature?: number;
  top_p?: number;
  top_k?: number;
}

/**
 * Sampling as the model takes it: newer models take none, a thinking one neither, and others are given
 * a temperature of at most 1. Values that say what holds anyway are no loss.
 * @see https://docs.claude.com/en/api/messages
 */
export function writeSampling(
  { sampling }: NeutralCall,
  traits: ModelTraits,
  thinking: boolean,
  lose: Lose,
): WrittenSampling {
  loseUnknown(sampling, lose);
  if (thinking || traits.sampling === "none") return loseAll(sampling, lose);
  const { temperature, topK } = sampling;
  const topP = topPBeside(sampling, traits, lose);
  if (temperature !== null && temperature > 1) lose("sampling", "temperature above 1");
  return {
    ...(temperature === null ? {} : { temperature: Math.min(Math.max(temperature, 0), 1) }),
    ...(topP === null ? {} : { top_p: topP }),
    ...(topK === null ? {} : { top_k: topK }),
  };
}

function loseUnknown({ seed, frequencyPenalty, presencePenalty }: Sampling, lose: Lose): void {
  if (seed !== null) lose("seed", "seed");
  if (frequencyPenalty) lose("penalties", "frequency penalty");
  if (presencePenalty) lose("penalties", "presence penalty");
}

function loseAll({ temperature, topP, topK }: Sampling, lose: Lose): WrittenSampling {
  if ((temperature ?? 1) !== 1) lose("sampling", "temperature");
  if ((topP ?? 1) !== 1) lose("sampling", "top_p");
  if (topK !== null) lose("sampling", "top_k");
  return {};
}

/** From 4.1 on models refuse `top_p` beside a temperature. */
function topPBeside({ temperature, topP }: Sampling, traits: ModelTraits, lose: Lose) {
  if (traits.sampling === "all" || temperature === null || topP === null) return topP;
  if (topP !== 1) lose("sampling", "top_p beside temperature");
  return null;
}
