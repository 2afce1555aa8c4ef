import { expect, it } from "vitest";
import { familyOf } from "./families";
import { mapModel, mapThrough } from "./mapping";

const map = (...pairs: [string, string][]) => ({
  entries: pairs.map(([from, to]) => ({ from, to })),
});

const GUIDE = map(
  ["claude-opus-4-1-20250805", "gemini-3-pro-preview"],
  ["claude-sonnet-4-5-20250929", "gemini-3-pro-preview"],
  ["claude-haiku-4-5-20251001", "gemini-2.5-flash"],
);

it("lets every name pass through an empty map", () => {
  expect(mapModel(map(), "anything")).toEqual({ model: "anything", rule: null });
});

it("serves today's names by the family of the guide's old ones", () => {
  expect(mapModel(GUIDE, "claude-opus-5-5")).toEqual({
    model: "gemini-3-pro-preview",
    rule: "family",
  });
  expect(mapModel(GUIDE, "claude-haiku-5-5")?.model).toBe("gemini-2.5-flash");
});

it("does not support a name that a filled map does not know", () => {
  expect(mapModel(GUIDE, "gpt-5")).toBeNull();
});

it("tries exact, then case, then pattern, then family, then default", () => {
  const rules = map(
    ["*", "by-default"],
    ["opus", "by-family"],
    ["claude-*", "by-short-pattern"],
    ["claude-opus-4-*", "by-pattern"],
    ["CLAUDE-OPUS-4-1", "by-case"],
    ["claude-opus-4-1-x", "exact"],
  );
  const sent = (name: string) => mapModel(rules, name)?.model;
  expect(sent("claude-opus-4-1-x")).toBe("exact");
  expect(sent("claude-opus-4-1")).toBe("by-case");
  expect(sent("claude-opus-4-7")).toBe("by-pattern");
  expect(sent("claude-opus-5-5")).toBe("by-short-pattern");
  expect(sent("my-opus")).toBe("by-family");
  expect(sent("gpt-5")).toBe("by-default");
});

it("prefers the family's own entry to an exact one of that family", () => {
  const rules = map(["claude-opus-4-1", "from-exact"], ["opus", "from-family"]);
  expect(mapModel(rules, "claude-opus-5-5")?.model).toBe("from-family");
  expect(mapModel(rules, "claude-opus-4-1")?.model).toBe("from-exact");
});

it("takes the first of several entries for the same name, and of patterns that are as literal", () => {
  const rules = map(
    ["Name", "one"],
    ["Name", "two"],
    ["NAME", "three"],
    ["a-*", "four"],
    ["*-a", "five"],
    ["claude-opus-4", "six"],
    ["claude-opus-5", "seven"],
  );
  const sent = (name: string) => mapModel(rules, name)?.model;
  expect(sent("Name")).toBe("one");
  expect(sent("NAME")).toBe("three");
  expect(sent("name")).toBe("one");
  expect(sent("a-b-a")).toBe("four");
  expect(sent("claude-opus-6")).toBe("six");
});

it("never serves a family from a pattern or a default that does not match", () => {
  expect(mapModel(map(["x-opus-*", "a"]), "claude-opus-5-5")).toBeNull();
});

it("understands `default` as the default entry", () => {
  expect(mapModel(map(["default", "d"]), "any")).toEqual({ model: "d", rule: "default" });
});

it("applies the key's map before the account's", () => {
  const key = map(["claude-opus-5-5", "cheap"]);
  expect(mapThrough(key, map(["cheap", "up"]), "claude-opus-5-5")?.model).toBe("up");
  expect(mapThrough(key, map(), "claude-opus-5-5")?.model).toBe("cheap");
  expect(mapThrough(key, map(), "other")?.model).toBe("other");
  expect(mapThrough(key, map(["cheap", "up"]), "other")).toBeNull();
});

it("counts Claude by class and everything else by model", () => {
  expect(familyOf("claude-Opus-4-1")).toBe("opus");
  expect(familyOf("gemini-2.5-Pro")).toBe("gemini-2.5-pro");
});
