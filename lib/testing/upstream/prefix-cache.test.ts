import { expect, it } from "vitest";
import { type CacheTtl, createPrefixCache, type PromptSegment } from "./prefix-cache";

function cacheAt(start: number) {
  let nowMs = start;
  const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs, after: () => () => undefined };
  const cache = createPrefixCache(clock, 10);
  return { cache, pass: (ms: number) => (nowMs += ms) };
}

function segment(letter: string, breakpoint: CacheTtl | null = null): PromptSegment {
  return { value: letter.repeat(80), breakpoint };
}

it("reads the longest prefix that it wrote, and writes only what is new", () => {
  const { cache } = cacheAt(0);
  expect(cache.count("m", [segment("a", "5m"), segment("b")])).toEqual({
    fresh: 20,
    cacheRead: 0,
    cacheWrite5m: 20,
    cacheWrite1h: 0,
  });
  expect(cache.count("m", [segment("a"), segment("b"), segment("c", "1h"), segment("d")])).toEqual({
    fresh: 20,
    cacheRead: 20,
    cacheWrite5m: 0,
    cacheWrite1h: 40,
  });
});

it("forgets after five minutes or an hour, counted from the last use", () => {
  const { cache, pass } = cacheAt(0);
  const prompt = [segment("a", "5m"), segment("b", "1h")];
  cache.count("m", prompt);
  pass(299_000);
  expect(cache.count("m", prompt).cacheRead).toBe(40);
  pass(301_000);
  expect(cache.count("m", [segment("a", "5m"), segment("x")]).cacheRead).toBe(0);
  expect(cache.count("m", prompt).cacheRead).toBe(40);
  pass(3_601_000);
  expect(cache.count("m", prompt).cacheRead).toBe(0);
});

it("shares nothing between scopes, and caches nothing short or unmarked", () => {
  const { cache } = cacheAt(0);
  cache.count("m", [segment("a", "5m")]);
  expect(cache.count("other", [segment("a", "5m")]).cacheRead).toBe(0);
  expect(cache.count("m", [segment("a"), segment("b")])).toMatchObject({ fresh: 40, cacheRead: 0 });
  expect(cache.count("m", [{ value: "tiny", breakpoint: "5m" }]).fresh).toBe(1);
});
