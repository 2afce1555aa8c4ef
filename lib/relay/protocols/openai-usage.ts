import { NO_USAGE, type Usage } from "../model";
import { fields, tokenCount } from "./json-fields";

type Counts = Readonly<Record<string, unknown>>;

/**
 * `usage` of chat and text completions as canonical usage: cached tokens lie inside the prompt and
 * reasoning inside the completion. null when it counts nothing.
 * @see https://platform.openai.com/docs/api-reference/chat/object
 */
export function readChatUsage(usage: unknown): Usage | null {
  const given = fields(usage);
  const prompt = tokenCount(given.prompt_tokens);
  const completion = tokenCount(given.completion_tokens);
  if (prompt === null && completion === null) return null;
  const hidden = hiddenTokens(given, prompt, completion);
  const read = cachedOf(given);
  const written = tokenCount(fields(given.prompt_tokens_details).cache_write_tokens);
  return {
    ...NO_USAGE,
    input: uncached(prompt, read, written),
    cacheRead: read,
    cacheWrite5m: written,
    output: completion === null ? null : completion + hidden,
    reasoning: reasoningOf(fields(given.completion_tokens_details), hidden),
  };
}

/**
 * `usage` of Responses, embeddings and images as canonical usage. null when it counts nothing.
 * @see https://platform.openai.com/docs/api-reference/responses/object
 */
export function readResponsesUsage(usage: unknown): Usage | null {
  const given = fields(usage);
  const all = tokenCount(given.input_tokens);
  const output = tokenCount(given.output_tokens);
  if (all === null && output === null) return null;
  const details = fields(given.input_tokens_details);
  const read = tokenCount(details.cached_tokens);
  const written = tokenCount(details.cache_write_tokens);
  return {
    ...NO_USAGE,
    input: uncached(all, read, written),
    cacheRead: read,
    cacheWrite5m: written,
    output,
    reasoning: tokenCount(fields(given.output_tokens_details).reasoning_tokens),
  };
}

/** Canonical usage as chat and text completions state it. What is not known counts as nothing. */
export function writeChatUsage(usage: Usage) {
  const prompt = inputOf(usage);
  const completion = usage.output ?? 0;
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: usage.cacheRead ?? 0 },
    completion_tokens_details: { reasoning_tokens: usage.reasoning ?? 0 },
  };
}

/** Canonical usage as Responses states it. What is not known counts as nothing. */
export function writeResponsesUsage(usage: Usage) {
  const input = inputOf(usage);
  const output = usage.output ?? 0;
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: usage.cacheRead ?? 0 },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: usage.reasoning ?? 0 },
    total_tokens: input + output,
  };
}

/**
 * Google and xAI leave thoughts out of the completion and state them in the total alone, which
 * elsewhere is the sum of both.
 */
function hiddenTokens(given: Counts, prompt: number | null, completion: number | null): number {
  const total = tokenCount(given.total_tokens) ?? 0;
  return Math.max(total - (prompt ?? 0) - (completion ?? 0), 0);
}

function reasoningOf({ reasoning_tokens }: Counts, hidden: number): number | null {
  const stated = tokenCount(reasoning_tokens);
  return stated === null && hidden > 0 ? hidden : stated;
}

/** DeepSeek and Moonshot state cached tokens beside the prompt's. */
function cachedOf(given: Counts): number | null {
  return (
    tokenCount(fields(given.prompt_tokens_details).cached_tokens) ??
    tokenCount(given.prompt_cache_hit_tokens) ??
    tokenCount(given.cached_tokens)
  );
}

function uncached(all: number | null, read: number | null, written: number | null) {
  return all === null ? null : Math.max(all - (read ?? 0) - (written ?? 0), 0);
}

function inputOf({ input, cacheRead, cacheWrite5m, cacheWrite1h }: Usage): number {
  return (input ?? 0) + (cacheRead ?? 0) + (cacheWrite5m ?? 0) + (cacheWrite1h ?? 0);
}
