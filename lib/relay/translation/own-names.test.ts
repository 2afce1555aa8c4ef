import { expect, it } from "vitest";
import { afterAlias, isForeignName, withAlias, withoutAlias } from "./own-names";

it("knows whose a model is by how its name begins, and nothing about other names", () => {
  expect(isForeignName("claude-opus-5-5", "gemini")).toBe(true);
  expect(isForeignName("gemini-3-pro-preview", "gemini")).toBe(false);
  expect(isForeignName("gemini-3-pro-preview", "openai-chat")).toBe(true);
  expect(isForeignName("gpt-5.5", "openai-responses")).toBe(false);
  expect(isForeignName("o3", "anthropic")).toBe(true);
  expect(isForeignName("o3-mini", "openai-chat")).toBe(false);
  for (const name of ["deepseek-chat", "anthropic/claude-opus-4.5", "my-model", "", "ollama"]) {
    for (const protocol of ["anthropic", "gemini", "openai-chat"] as const) {
      expect(isForeignName(name, protocol), `${name} on ${protocol}`).toBe(false);
    }
  }
});

it("shows models of other makers to Claude clients by a name that their picker lists", () => {
  expect(withAlias("gemini-3-pro-preview")).toBe("claude-gemini-3-pro-preview");
  expect(withAlias("deepseek-chat")).toBe("claude-deepseek-chat");
  expect(withAlias("claude-opus-5-5")).toBe("claude-opus-5-5");
});

it("takes an alias back only where it stands for a known name of another maker", () => {
  expect(withoutAlias("claude-gemini-3-pro-preview")).toBe("gemini-3-pro-preview");
  expect(withoutAlias("claude-gpt-5.5")).toBe("gpt-5.5");
  expect(withoutAlias("claude-opus-5-5")).toBe("claude-opus-5-5");
  expect(withoutAlias("claude-deepseek-chat")).toBe("claude-deepseek-chat");
  expect(withoutAlias("gemini-3-pro-preview")).toBe("gemini-3-pro-preview");
});

it("names what follows the alias, for maps that list it", () => {
  expect(afterAlias("claude-deepseek-chat")).toBe("deepseek-chat");
  expect(afterAlias("gpt-5.5")).toBeNull();
});
