import fc from "fast-check";
import { expect, it } from "vitest";
import { matchesPattern } from "./patterns";

it("matches whole names, whatever the case", () => {
  expect(matchesPattern("claude-opus-*", "Claude-Opus-5-5")).toBe(true);
  expect(matchesPattern("*sonnet*", "claude-sonnet-4-5")).toBe(true);
  expect(matchesPattern("*", "")).toBe(true);
  expect(matchesPattern("opus", "claude-opus-5-5")).toBe(false);
  expect(matchesPattern("a*b*c", "a-b-b-c")).toBe(true);
  expect(matchesPattern("a*b*c", "a-c-b")).toBe(false);
});

it("agrees with a regular expression", () => {
  const word = fc.array(fc.constantFrom("a", "b", "*"), { maxLength: 8 }).map((w) => w.join(""));
  const name = fc.array(fc.constantFrom("a", "b"), { maxLength: 10 }).map((w) => w.join(""));
  fc.assert(
    fc.property(word, name, (pattern, text) => {
      const expected = new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(text);
      expect(matchesPattern(pattern, text)).toBe(expected);
    }),
    { numRuns: 3000 },
  );
});

it("stays quick on a pattern made to be slow", () => {
  expect(matchesPattern("*a".repeat(200), "a".repeat(5000).concat("b"))).toBe(false);
});
