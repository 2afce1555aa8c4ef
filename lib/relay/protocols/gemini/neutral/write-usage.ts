import type { Usage } from "../../../model";
import { type Message, stated } from "./proto-fields";

/**
 * Canonical usage as Google counts: cached tokens lie inside the prompt, thoughts beside the candidates.
 * What was not stated is left out.
 * @see https://ai.google.dev/api/generate-content#UsageMetadata
 */
export function writeUsage(usage: Usage): Message {
  const { input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning } = usage;
  const prompt = sum(input, cacheRead, cacheWrite5m, cacheWrite1h);
  const candidates = output === null ? null : Math.max(output - (reasoning ?? 0), 0);
  return stated({
    promptTokenCount: prompt,
    cachedContentTokenCount: cacheRead,
    candidatesTokenCount: candidates,
    thoughtsTokenCount: reasoning,
    totalTokenCount: sum(prompt, output),
  });
}

function sum(...counts: readonly (number | null)[]): number | null {
  const known = counts.filter((count) => count !== null);
  return known.length === 0 ? null : known.reduce((total, count) => total + count, 0);
}
