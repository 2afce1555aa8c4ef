import { Refusal } from "../call";
import { type Json, listOf, numberOf, objectOf, textOf } from "../json";
import { combinesTools, type GeminiModel, type ThinkingBounds, thinkingBounds } from "./models";

const DYNAMIC_BUDGET = -1;
const MOST_STOPS = 5;
const CONFIG = "GenerateContentRequest.generation_config";
/** Google's list lacks GIF, which the others have. */
const MEDIA =
  /^(?:image\/(?:png|jpe?g|webp|heic|heif)|application\/(?:pdf|json)|text\/|audio\/|video\/)/;

/** Refuses settings of the generation that are out of range or do not fit together. */
export function checkConfig(body: Json, model: GeminiModel): void {
  const config = objectOf(body.generationConfig);
  checkRange(config.temperature, "temperature", 0, 2);
  checkRange(config.topP, "top_p", 0, 1);
  checkRange(config.maxOutputTokens, "max_output_tokens", 1, model.outputTokenLimit);
  if (listOf(config.stopSequences).length > MOST_STOPS) {
    throw new Refusal(
      400,
      `* ${CONFIG}.stop_sequences: The number of stop sequences must not exceed ${MOST_STOPS}.\n`,
    );
  }
  checkOutput(config);
  checkThinking(objectOf(config.thinkingConfig), model);
}

/** Refuses media that the models cannot read, and media in function responses before Gemini 3. */
export function checkMedia(part: Json, model: GeminiModel): void {
  const inner = listOf(objectOf(part.functionResponse).parts).map(objectOf);
  if (inner.length > 0 && !combinesTools(model.id)) {
    throw new Refusal(400, "Multimodal function responses are not supported by this model.");
  }
  for (const holder of [part, ...inner]) {
    if (holder.inlineData === undefined) continue;
    const { mimeType, data } = objectOf(holder.inlineData);
    if (!MEDIA.test(textOf(mimeType))) {
      throw new Refusal(400, `Unsupported MIME type: ${textOf(mimeType)}`);
    }
    if (textOf(data) === "") throw new Refusal(400, "Unable to process input image. Please retry.");
  }
}

function checkRange(value: unknown, field: string, least: number, most: number): void {
  const number = numberOf(value);
  if (number === null || (number >= least && number <= most)) return;
  throw new Refusal(
    400,
    `* ${CONFIG}.${field}: ${field} must be in the range [${least}, ${most}].\n`,
  );
}

function checkOutput(config: Json): void {
  const schemas = ["responseSchema", "responseJsonSchema", "_responseJsonSchema"].filter(
    (name) => config[name] !== undefined,
  );
  if (schemas.length > 1) {
    throw new Refusal(
      400,
      `* ${CONFIG}: response_schema and response_json_schema are mutually exclusive.\n`,
    );
  }
  const type = config.responseMimeType;
  if (schemas.length === 0 || type === "application/json" || type === "text/x.enum") return;
  throw new Refusal(
    400,
    `* ${CONFIG}.response_schema: only allowed when response_mime_type is application/json or text/x.enum.\n`,
  );
}

function checkThinking(thinking: Json, model: GeminiModel): void {
  const { thinkingBudget, thinkingLevel } = thinking;
  const bounds = thinkingBounds(model.id);
  if (bounds === null) {
    if (numberOf(thinkingBudget) === 0 || Object.keys(thinking).length === 0) return;
    throw new Refusal(400, "Thinking is not supported by this model.");
  }
  if (thinkingBudget !== undefined && thinkingLevel !== undefined) {
    throw new Refusal(400, "You can only set only one of thinking budget and thinking level.");
  }
  if (thinkingLevel !== undefined) checkLevel(textOf(thinkingLevel), bounds);
  const budget = numberOf(thinkingBudget);
  if (budget !== null) checkBudget(budget, bounds);
}

function checkLevel(level: string, { levels }: ThinkingBounds): void {
  if (levels.length === 0)
    throw new Refusal(400, "Thinking level is not supported for this model.");
  if (levels.includes(level.toUpperCase())) return;
  throw new Refusal(
    400,
    `Thinking level ${level.toUpperCase()} is not supported for this model. Please retry with other thinking level.`,
  );
}

function checkBudget(budget: number, { least, most, mayBeOff }: ThinkingBounds): void {
  if (budget === DYNAMIC_BUDGET || (budget === 0 && mayBeOff)) return;
  if (budget === 0) {
    throw new Refusal(400, "Budget 0 is invalid. This model only works in thinking mode.");
  }
  if (budget >= least && budget <= most) return;
  throw new Refusal(
    400,
    `The thinking budget ${budget} is invalid. Please choose a value between ${least} and ${most}.`,
  );
}
