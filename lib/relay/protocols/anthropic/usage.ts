import type { Usage } from "../../model";
import { fields, tokenCount } from "../json-fields";

/** What an Anthropic answer has stated so far; later statements replace earlier ones, field by field. */
export interface AnthropicTally {
  /** Takes a `usage` object, as in a whole answer, `message_start` or `message_delta`. */
  add(usage: unknown): void;
  /** null while nothing was stated. */
  usage(): Usage | null;
}

type Counts = Record<keyof typeof FIELDS, number | null>;

const FIELDS = {
  input: (u) => u.input_tokens,
  output: (u) => u.output_tokens,
  reasoning: (u) => fields(u.output_tokens_details).thinking_tokens,
  cacheRead: (u) => u.cache_read_input_tokens,
  cacheWrite: (u) => u.cache_creation_input_tokens,
  cacheWrite5m: (u) => fields(u.cache_creation).ephemeral_5m_input_tokens,
  cacheWrite1h: (u) => fields(u.cache_creation).ephemeral_1h_input_tokens,
  webSearches: (u) => fields(u.server_tool_use).web_search_requests,
} as const satisfies Record<string, (usage: Readonly<Record<string, unknown>>) => unknown>;

const NAMES = Object.keys(FIELDS).filter((name): name is keyof typeof FIELDS => name in FIELDS);

/** A tally in which nothing was stated yet. */
export function anthropicTally(): AnthropicTally {
  let stated = false;
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
      for (const name of NAMES) {
        const count = tokenCount(FIELDS[name](given));
        if (count === null) continue;
        counts[name] = count;
        stated = true;
      }
      if (Array.isArray(given.iterations)) compaction = compactionUsage(given.iterations);
    },
    usage: () => (stated ? compaction.reduce(plus, canonical(counts)) : null),
  };
}

function canonical(counts: Counts): Usage {
  return {
    input: counts.input,
    cacheRead: counts.cacheRead,
    ...cacheWrites(counts),
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
