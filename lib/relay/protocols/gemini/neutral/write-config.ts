import type { NeutralCall, OutputForm } from "../../../neutral";
import { googleJsonSchema } from "./json-schema";
import type { LossList } from "./loss-list";
import type { ModelTraits } from "./model-traits";
import { type Message, stated } from "./proto-fields";
import { writeThinking } from "./write-thinking";

const MOST_STOPS = 5;

/**
 * The call's settings as a GenerationConfig; null when it has none.
 * @see https://ai.google.dev/api/generate-content#generationconfig
 */
export function writeConfig(
  call: NeutralCall,
  traits: ModelTraits,
  losses: LossList,
): Message | null {
  const { stop, logprobs, maxOutputTokens } = call;
  if (stop.length > MOST_STOPS) losses.add("stop-sequences", "stop");
  const config = stated({
    maxOutputTokens:
      maxOutputTokens === null ? null : Math.min(maxOutputTokens, traits.maxOutputTokens),
    ...call.sampling,
    stopSequences: stop.length > 0 ? stop.slice(0, MOST_STOPS) : null,
    candidateCount: call.candidates,
    responseLogprobs: logprobs ? true : null,
    logprobs: logprobs?.top,
    thinkingConfig: writeThinking(call.reasoning, traits.thinking, losses),
    ...writeOutput(call, traits, losses),
  });
  return Object.keys(config).length > 0 ? config : null;
}

/** @see https://ai.google.dev/gemini-api/docs/structured-output */
function writeOutput(call: NeutralCall, { generation }: ModelTraits, losses: LossList): Message {
  const { output } = call;
  if (!output) return {};
  // Before 3 the models refuse JSON together with functions.
  if (generation < 3 && call.tools.some(({ kind }) => kind !== "hosted")) {
    losses.add("schema-constraints", "output format beside tools");
    return {};
  }
  const responseMimeType = "application/json";
  if (output.kind === "json") return { responseMimeType };
  return { responseMimeType, responseJsonSchema: outputSchema(output, losses) };
}

function outputSchema({ schema }: Extract<OutputForm, { kind: "schema" }>, losses: LossList) {
  return googleJsonSchema(schema, (keyword) => losses.add("schema-constraints", keyword));
}
