import type { CacheHint } from "../../../neutral-blocks";
import { isObject } from "./wire";

/**
 * Lifetime that a `cache_control` asks for; five minutes when it states none.
 * @see https://docs.claude.com/en/docs/build-with-claude/prompt-caching
 */
export function readCache(control: unknown): CacheHint | null {
  if (!isObject(control) || control.type !== "ephemeral") return null;
  return control.ttl === "1h" ? "1h" : "5m";
}

/** The hint as fields of a block or tool; none without a hint, since a hint costs money. */
export function cacheFields(cache: CacheHint | null): { cache_control?: unknown } {
  if (cache === null) return {};
  return {
    cache_control: cache === "1h" ? { type: "ephemeral", ttl: "1h" } : { type: "ephemeral" },
  };
}
