import type { Usage } from "../../model";
import { fields, tokenCount } from "../json-fields";

/** What an Anthropic answer has stated so far; later statements replace earlier ones, field by field. */
export interface AnthropicTally {
  /** Takes a `usage` object, as in a whole answer, `message_start` or `message_delta`. */
  add(usage: unknown): void;
  /** null while nothing was stated. */
  usage(): Usage | null;
}

interface Counts {
  input: number | null;
  output: number | null;
  reasoning: number | null;
  cacheRead: number | null;
  cacheWrite: number | null;
  cacheWrite5m: number | null;
  cacheWrite1h: number | null;
  webSearches: number | null;
}

/** A tally in which nothing was stated yet. */
export function anthropicTally(): AnthropicTally {
  const counts: Counts = {
    input: null,
    output: null,
    reasoning: null,
    cacheRead: null,
    cacheWrite: null,
    cacheWrite5m: null,
    cacheWrite1h: null,
    webSearches: null,
  };
  let compaction: readonly Usage[] = [];
  return {
    add(usage) {
      const given = fields(usage);
      state(counts, given);
      if (Array.isArray(given.iterations)) compaction = compactionUsage(given.iterations);
    },
    usage: () => (isStated(counts) ? compaction.reduce(plus, canonical(counts)) : null),
  };
}

/** Takes what is stated, field by field; what is not stays as it was. */
function state(counts: Counts, given: Readonly<Record<string, unknown>>): void {
  counts.input = tokenCount(given.input_tokens) ?? counts.input;
  counts.output = tokenCount(given.output_tokens) ?? counts.output;
  counts.cacheRead = tokenCount(given.cache_read_input_tokens) ?? counts.cacheRead;
  counts.cacheWrite = tokenCount(given.cache_creation_input_tokens) ?? counts.cacheWrite;
  const { output_tokens_details, cache_creation, server_tool_use } = given;
  if (output_tokens_details) {
    const { thinking_tokens } = fields(output_tokens_details);
    counts.reasoning = tokenCount(thinking_tokens) ?? counts.reasoning;
  }
  if (cache_creation) {
    const split = fields(cache_creation);
    counts.cacheWrite5m = tokenCount(split.ephemeral_5m_input_tokens) ?? counts.cacheWrite5m;
    counts.cacheWrite1h = tokenCount(split.ephemeral_1h_input_tokens) ?? counts.cacheWrite1h;
  }
  if (server_tool_use) {
    const { web_search_requests } = fields(server_tool_use);
    counts.webSearches = tokenCount(web_search_requests) ?? counts.webSearches;
  }
}

function isStated(counts: Counts): boolean {
  return (
    counts.input !== null ||
    counts.output !== null ||
    counts.cacheRead !== null ||
    counts.cacheWrite !== null ||
    counts.reasoning !== null ||
    counts.cacheWrite5m !== null ||
    counts.cacheWrite1h !== null ||
    counts.webSearches !== null
  );
}

function canonical(counts: Counts): Usage {
  const { cacheWrite5m, cacheWrite1h } = cacheWrites(counts);
  return {
    input: counts.input,
    cacheRead: counts.cacheRead,
    cacheWrite5m,
    cacheWrite1h,
    output: counts.output,
    reasoning: counts.reasoning,
    images: null,
    webSearches: counts.webSearches,
  };
}

/** Older upstreams state only the sum: what the split does not explain was written for 5 minutes. */
function cacheWrites({ cacheWrite, cacheWrite5m, cacheWrite1h }: Counts) {
  if (cacheWrite === null) return { cacheWrite5m, cacheWrite1h };
  const unexplained = cacheWrite - (cacheWrite5m ?? 0) - (cacheWrite1h ?? 0);
  return { cacheWrite5m: (cacheWrite5m ?? 0) + Math.max(unexplained, 0), cacheWrite1h };
}

/**
 * Compaction is billed and is not part of the top-level counts.
 * @see https://docs.anthropic.com/en/docs/build-with-claude/compaction
 */
function compactionUsage(iterations: readonly unknown[]): Usage[] {
  return iterations
    .map(fields)
    .filter(({ type }) => type === "compaction")
    .map((iteration) => {
      const tally = anthropicTally();
      tally.add({ ...iteration, iterations: undefined });
      return tally.usage();
    })
    .filter((usage) => usage !== null);
}

function plus(a: Usage, b: Usage): Usage {
  const sum = (x: number | null, y: number | null) =>
    x === null && y === null ? null : (x ?? 0) + (y ?? 0);
  return {
    input: sum(a.input, b.input),
    cacheRead: sum(a.cacheRead, b.cacheRead),
    cacheWrite5m: sum(a.cacheWrite5m, b.cacheWrite5m),
    cacheWrite1h: sum(a.cacheWrite1h, b.cacheWrite1h),
    output: sum(a.output, b.output),
    reasoning: sum(a.reasoning, b.reasoning),
    images: sum(a.images, b.images),
    webSearches: sum(a.webSearches, b.webSearches),
  };
}
