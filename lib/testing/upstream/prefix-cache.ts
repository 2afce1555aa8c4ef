import { createHash } from "node:crypto";
import type { Clock } from "../../shared/clock";
import { canonicalText, countJsonTokens } from "./tokens";

/** How long a cached prefix lives. */
export type CacheTtl = "5m" | "1h";

const TTL_MS: Record<CacheTtl, number> = { "5m": 300_000, "1h": 3_600_000 };

/** One piece of a prompt, in the order in which the model reads it. */
export interface PromptSegment {
  value: unknown;
  /** Set when the caller asked for the prompt to be cached up to here. */
  breakpoint: CacheTtl | null;
}

/** Input tokens by what they cost. They do not overlap. */
export interface InputTokens {
  fresh: number;
  cacheRead: number;
  cacheWrite5m: number;
  cacheWrite1h: number;
}

/** A cache that has grown to this is emptied: long runs must not grow without bound. */
const MOST_PREFIXES = 200_000;

export interface PrefixCache {
  /** Counts a prompt, and remembers the prefixes that it asked to cache. */
  count(scope: string, segments: readonly PromptSegment[]): InputTokens;
  clear(): void;
}

/**
 * Prompt caching as both providers do it: a prefix that ends at a breakpoint is written, and a later
 * prompt of the same scope (model and key) that begins with the same pieces reads the longest one.
 * A prefix shorter than `minimumTokens` is never cached.
 */
export function createPrefixCache(clock: Clock, minimumTokens: number): PrefixCache {
  const aliveUntilMs = new Map<string, number>();

  return {
    count(scope, segments) {
      if (aliveUntilMs.size > MOST_PREFIXES) aliveUntilMs.clear();
      const walked = walk(scope, segments);
      const total = walked.at(-1)?.total ?? 0;
      const now = clock.nowMs();
      const read = walked.findLast((step) => (aliveUntilMs.get(step.hash) ?? 0) > now);
      const tokens = { ...NOTHING_CACHED, cacheRead: read?.total ?? 0 };
      let covered = tokens.cacheRead;
      const written = walked.filter(
        (step) => step.breakpoint !== null && step.total >= minimumTokens,
      );
      for (const { breakpoint, hash, total: upTo } of written) {
        aliveUntilMs.set(hash, now + TTL_MS[breakpoint ?? "5m"]);
        tokens[breakpoint === "1h" ? "cacheWrite1h" : "cacheWrite5m"] += Math.max(
          0,
          upTo - covered,
        );
        covered = Math.max(covered, upTo);
      }
      return { ...tokens, fresh: total - covered };
    },
    clear: () => aliveUntilMs.clear(),
  };
}

/** Total input tokens of a prompt, cached or not. */
export function countSegments(segments: readonly PromptSegment[]): number {
  return segments.reduce((sum, segment) => sum + countJsonTokens(segment.value), 0);
}

/** For providers that do not charge for writing their implicit cache: what is written is fresh input. */
export function withoutWrites(input: InputTokens): InputTokens {
  const fresh = input.fresh + input.cacheWrite5m + input.cacheWrite1h;
  return { fresh, cacheRead: input.cacheRead, cacheWrite5m: 0, cacheWrite1h: 0 };
}

/** Segments of an implicit cache: all but the last, which is always read anew. */
export function implicitly(values: readonly unknown[]): PromptSegment[] {
  const last = values.length - 1;
  return values.map((value, index) => ({ value, breakpoint: index < last ? "5m" : null }));
}

const NOTHING_CACHED: InputTokens = { fresh: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };

interface Step {
  hash: string;
  total: number;
  breakpoint: CacheTtl | null;
}

/** Hashing is the dear part: it is done only up to the last breakpoint. "" is never a cached hash. */
function walk(scope: string, segments: readonly PromptSegment[]): Step[] {
  const last = segments.findLastIndex((segment) => segment.breakpoint !== null);
  let hash = scope;
  let total = 0;
  return segments.map((segment, index) => {
    total += countJsonTokens(segment.value);
    if (index <= last) {
      hash = createHash("sha256").update(hash).update(canonicalText(segment.value)).digest("hex");
    }
    return { hash: index <= last ? hash : "", total, breakpoint: segment.breakpoint };
  });
}
