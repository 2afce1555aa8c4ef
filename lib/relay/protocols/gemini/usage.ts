import type { Usage } from "../../model";
import { fields, tokenCount } from "../json-fields";

/**
 * `usageMetadata` as canonical usage: cached tokens lie inside the prompt, thoughts beside the
 * candidates; what a hosted tool fed back is input. null when it counts nothing.
 * @see https://ai.google.dev/api/generate-content#UsageMetadata
 */
export function geminiUsage(metadata: unknown): Usage | null {
  const given = fields(metadata);
  const prompt = tokenCount(given.promptTokenCount);
  const cached = tokenCount(given.cachedContentTokenCount);
  const candidates = tokenCount(given.candidatesTokenCount);
  const thoughts = tokenCount(given.thoughtsTokenCount);
  const toolUse = tokenCount(given.toolUsePromptTokenCount);
  if ([prompt, cached, candidates, thoughts, toolUse].every((count) => count === null)) return null;
  return {
    input: inputOf(prompt, cached, toolUse),
    cacheRead: cached,
    cacheWrite5m: null,
    cacheWrite1h: null,
    output: sum(candidates, thoughts),
    reasoning: thoughts,
    images: null,
    webSearches: null,
  };
}

function inputOf(prompt: number | null, cached: number | null, toolUse: number | null) {
  const uncached = prompt === null ? null : Math.max(prompt - (cached ?? 0), 0);
  return sum(uncached, toolUse);
}

function sum(a: number | null, b: number | null): number | null {
  return a === null && b === null ? null : (a ?? 0) + (b ?? 0);
}
