/** Which endpoints serve a model. */
type Use = "text" | "responses-only" | "search" | "completions" | "embedding" | "image";

/** A model of OpenAI's API. */
export interface OpenAiModel {
  /** The dated name, which is what answers report. */
  id: string;
  /** The name without a date. */
  alias: string;
  created: number;
  use: Use;
  maxOutputTokens: number;
}

const MODELS: readonly OpenAiModel[] = [
  model("gpt-6-astra"),
  model("gpt-6.1-sol"),
  model("gpt-6-sol"),
  model("gpt-6-luna"),
  model("gpt-5.6-sol"),
  model("gpt-5.6-luna"),
  model("gpt-5.5", "2026-04-23"),
  model("gpt-5.4", "2026-03-05"),
  model("gpt-5.4-mini", "2026-03-17"),
  model("gpt-5.2", "2025-12-11"),
  model("gpt-5.1", "2025-11-13"),
  model("gpt-5.1-codex", "", "responses-only"),
  model("gpt-5.1-codex-max", "", "responses-only"),
  model("gpt-5-pro", "2025-10-06", "responses-only"),
  model("gpt-5-codex", "", "responses-only"),
  model("gpt-5", "2025-08-07"),
  model("gpt-5-mini", "2025-08-07"),
  model("gpt-5-nano", "2025-08-07"),
  model("gpt-5-chat-latest", "", "text", 16_384),
  model("o4-mini", "2025-04-16", "text", 100_000),
  model("o3", "2025-04-16", "text", 100_000),
  model("o3-mini", "2025-01-31", "text", 100_000),
  model("o1", "2024-12-17", "text", 100_000),
  model("gpt-4.1", "2025-04-14", "text", 32_768),
  model("gpt-4.1-mini", "2025-04-14", "text", 32_768),
  model("gpt-4o", "2024-08-06", "text", 16_384),
  model("gpt-4o-mini", "2024-07-18", "text", 16_384),
  model("gpt-4o-search-preview", "2025-03-11", "search", 16_384),
  model("gpt-4o-mini-search-preview", "2025-03-11", "search", 16_384),
  model("gpt-4-turbo", "2024-04-09", "text", 4_096),
  model("gpt-3.5-turbo", "0125", "text", 4_096),
  model("gpt-3.5-turbo-instruct", "", "completions", 4_096),
  model("davinci-002", "", "completions", 16_384),
  model("text-embedding-3-large", "", "embedding"),
  model("text-embedding-3-small", "", "embedding"),
  model("text-embedding-ada-002", "", "embedding"),
  model("gpt-image-1", "", "image"),
  model("gpt-image-1-mini", "", "image"),
  model("dall-e-3", "", "image"),
];

/** The model of that name, dated or not; null when there is none. */
export function findOpenAiModel(name: string, extra: ReadonlySet<string>): OpenAiModel | null {
  const found = MODELS.find((one) => one.id === name || one.alias === name);
  if (found !== undefined) return found;
  return extra.has(name) ? model(name) : null;
}

/** All models in the order of the list endpoint. */
export function listOpenAiModels(extra: ReadonlySet<string>): OpenAiModel[] {
  return [...MODELS, ...[...extra].map((id) => model(id))];
}

/** Models that think before they answer, and take no sampling parameters for it. */
export function isReasoning(alias: string): boolean {
  if (/-chat-latest$|-search-/.test(alias)) return false;
  return /^(?:o\d|gpt-(?:[5-9]|\d\d))/.test(alias);
}

/** The effort of a model that is told none. */
export function usualEffort(alias: string): "none" | "medium" {
  if (!isReasoning(alias)) return "none";
  const generation = generationOf(alias);
  return generation >= 5.1 && generation < 5.6 ? "none" : "medium";
}

/** Since 5.4, Chat Completions refuses function tools for a model that thinks. */
export function wantsResponsesForTools(alias: string): boolean {
  return isReasoning(alias) && generationOf(alias) >= 5.4;
}

function generationOf(alias: string): number {
  return Number(/^gpt-(\d+(?:\.\d+)?)/.exec(alias)?.[1] ?? 0);
}

function model(alias: string, day = "", use: Use = "text", maxOutputTokens = 128_000): OpenAiModel {
  const id = day === "" ? alias : `${alias}-${day}`;
  return { id, alias, created: 1_750_000_000, use, maxOutputTokens };
}
