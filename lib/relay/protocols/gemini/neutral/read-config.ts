import type { Effort, NeutralCall, OutputForm, Reasoning } from "../../../neutral";
import { fields, textOrNull } from "../../json-fields";
import { jsonSchemaOf, withPlainTypes } from "./google-schema";
import { list, type Message, message, numberOrNull, without } from "./proto-fields";

type Settings = Pick<
  NeutralCall,
  "maxOutputTokens" | "sampling" | "stop" | "output" | "reasoning" | "candidates" | "logprobs"
>;

export interface ReadConfig {
  settings: Settings;
  /** What the neutral form has no word for, by its name with the message's before it. */
  extra: Readonly<Record<string, unknown>>;
}

const READ_FIELDS = new Set([
  "maxOutputTokens",
  "temperature",
  "topP",
  "topK",
  "seed",
  "frequencyPenalty",
  "presencePenalty",
  "stopSequences",
  "responseMimeType",
  "responseSchema",
  "responseJsonSchema",
  "_responseJsonSchema",
  "thinkingConfig",
  "candidateCount",
  "responseLogprobs",
  "logprobs",
]);
const JSON_MIME = "application/json";

/**
 * A GenerationConfig's settings.
 * @see https://ai.google.dev/api/generate-content#generationconfig
 */
export function readConfig(value: unknown): ReadConfig {
  const config = message(value);
  const number = (name: string) => numberOrNull(config[name]);
  const top = number("logprobs");
  const mime = textOrNull(config.responseMimeType);
  // The form of an enum's text, which only Google has.
  const foreignMime = mime !== null && mime !== JSON_MIME && mime !== "text/plain";
  const rest = without(config, READ_FIELDS);
  return {
    settings: {
      maxOutputTokens: number("maxOutputTokens"),
      sampling: {
        temperature: number("temperature"),
        topP: number("topP"),
        topK: number("topK"),
        seed: number("seed"),
        frequencyPenalty: number("frequencyPenalty"),
        presencePenalty: number("presencePenalty"),
      },
      stop: list(config.stopSequences).filter((one) => typeof one === "string"),
      output: foreignMime ? null : readOutput(config, mime),
      reasoning: readReasoning(config.thinkingConfig),
      candidates: number("candidateCount"),
      logprobs: config.responseLogprobs === true || top !== null ? { top } : null,
    },
    extra: prefixed("generationConfig", foreignMime ? { ...rest, ...formOf(config) } : rest),
  };
}

/** The fields with the message's name before theirs. */
export function prefixed(name: string, given: Message): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).map(([field, value]) => [`${name}.${field}`, value]),
  );
}

function formOf(config: Message): Message {
  return without(
    {
      responseMimeType: config.responseMimeType,
      responseSchema: config.responseSchema,
      responseJsonSchema: config.responseJsonSchema,
    },
    new Set(),
  );
}

function readOutput(config: Message, mime: string | null): OutputForm | null {
  const given = config.responseJsonSchema ?? config._responseJsonSchema;
  const own = config.responseSchema ? jsonSchemaOf(config.responseSchema) : null;
  const schema = given ? withPlainTypes(fields(given)) : own;
  if (schema) return { kind: "schema", name: null, description: null, schema, strict: null };
  return mime === JSON_MIME ? { kind: "json" } : null;
}

const EFFORTS: Readonly<Record<string, Effort>> = {
  MINIMAL: "minimal",
  LOW: "low",
  MEDIUM: "medium",
  HIGH: "high",
};

/** @see https://ai.google.dev/gemini-api/docs/thinking */
function readReasoning(value: unknown): Reasoning | null {
  if (value === undefined || value === null) return null;
  const { thinkingBudget, thinkingLevel, includeThoughts } = message(value);
  const budgetTokens = numberOrNull(thinkingBudget);
  const effort = EFFORTS[textOrNull(thinkingLevel)?.toUpperCase() ?? ""] ?? null;
  return {
    enabled: budgetTokens === null && effort === null ? null : budgetTokens !== 0,
    effort,
    budgetTokens: budgetTokens === 0 ? null : budgetTokens,
    show: typeof includeThoughts === "boolean" ? includeThoughts : null,
    summary: null,
  };
}
