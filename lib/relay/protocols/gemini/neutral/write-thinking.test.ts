import { expect, it } from "vitest";
import type { Effort, Reasoning } from "../../../neutral";
import { lossList } from "./loss-list";
import { modelTraits } from "./model-traits";
import { writeThinking } from "./write-thinking";

const NO_WISH: Reasoning = {
  enabled: null,
  effort: null,
  budgetTokens: null,
  show: null,
  summary: null,
};

function thinking(model: string, wish: Partial<Reasoning>) {
  const losses = lossList();
  const config = writeThinking({ ...NO_WISH, ...wish }, modelTraits(model).thinking, losses);
  return { config, losses: losses.all().map(({ kind }) => kind) };
}

const level = (model: string, effort: Effort) => thinking(model, { effort }).config?.thinkingLevel;

it("gives models since 3 the level that they have next to the effort", () => {
  expect(level("gemini-3-pro-preview", "minimal")).toBe("LOW");
  expect(level("gemini-3-pro-preview", "medium")).toBe("HIGH");
  expect(level("gemini-3.1-pro-preview", "medium")).toBe("MEDIUM");
  expect(level("gemini-3-flash-preview", "minimal")).toBe("MINIMAL");
  expect(level("gemini-3.8-flash", "minimal")).toBe("LOW");
  expect(level("gemini-3.5-flash-lite", "minimal")).toBe("MINIMAL");
  expect(level("models/gemini-3.8-pro", "max")).toBe("HIGH");
  expect(level("gemini-pro-latest", "low")).toBe("LOW");
  expect(level("some-alias", "medium")).toBe("HIGH");
});

it("gives 2.5 a budget within the model's range", () => {
  const budget = (model: string, wish: Partial<Reasoning>) =>
    thinking(model, wish).config?.thinkingBudget;
  expect(budget("gemini-2.5-pro", { budgetTokens: 31_999 })).toBe(31_999);
  expect(budget("gemini-2.5-flash", { budgetTokens: 31_999 })).toBe(24_576);
  expect(budget("gemini-2.5-flash-lite", { budgetTokens: 100 })).toBe(512);
  expect(budget("gemini-2.5-pro", { budgetTokens: -1 })).toBe(-1);
  expect(budget("gemini-2.5-flash", { effort: "medium" })).toBe(8192);
  expect(budget("gemini-2.5-pro", { effort: "max" })).toBe(32_768);
  expect(budget("gemini-2.5-flash", { budgetTokens: -1, effort: "low" })).toBe(1024);
  expect(thinking("gemini-2.5-flash", { budgetTokens: 31_999 }).losses).toEqual([
    "reasoning-settings",
  ]);
  expect(thinking("gemini-2.5-pro", { budgetTokens: 1024 }).losses).toEqual([]);
});

it("turns a budget into a level and says so, but leaves a dynamic one to the model", () => {
  expect(thinking("gemini-3.8-pro", { enabled: true, budgetTokens: 31_999 })).toEqual({
    config: { thinkingLevel: "HIGH", includeThoughts: true },
    losses: ["reasoning-settings"],
  });
  expect(thinking("gemini-3.8-pro", { enabled: true, budgetTokens: -1 })).toEqual({
    config: { includeThoughts: true },
    losses: [],
  });
});

it("switches thinking off where the model can, and says so where it cannot", () => {
  const off = { enabled: false };
  expect(thinking("gemini-2.5-flash", off)).toEqual({ config: { thinkingBudget: 0 }, losses: [] });
  expect(thinking("gemini-2.5-flash", { effort: "none" }).config).toEqual({ thinkingBudget: 0 });
  expect(thinking("gemini-2.5-pro", off)).toEqual({
    config: { thinkingBudget: 128 },
    losses: ["reasoning-settings"],
  });
  expect(thinking("gemini-3-flash-preview", off)).toEqual({
    config: { thinkingLevel: "MINIMAL" },
    losses: ["reasoning-settings"],
  });
  expect(thinking("gemini-2.0-flash", off)).toEqual({ config: null, losses: [] });
  expect(thinking("gemini-2.0-flash", { enabled: true }).losses).toEqual(["reasoning-settings"]);
});

it("shows thoughts to those that asked for thinking, unless they say otherwise", () => {
  const shown = (wish: Partial<Reasoning>) =>
    thinking("gemini-3.8-pro", wish).config?.includeThoughts;
  expect(shown({ enabled: true })).toBe(true);
  expect(shown({ enabled: true, show: false })).toBe(false);
  expect(shown({ effort: "low" })).toBeUndefined();
  expect(shown({ effort: "low", summary: "auto" })).toBe(true);
  expect(writeThinking(null, modelTraits("gemini-3.8-pro").thinking, lossList())).toBeNull();
});
