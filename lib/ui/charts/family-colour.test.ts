import { expect, it } from "vitest";
import { familyColour } from "./family-colour";

it("gives a family the same place under every name that its models have", () => {
  const families: [colour: number, names: string[]][] = [
    [1, ["claude-opus-5-5", "anthropic/claude-opus-4.5"]],
    [2, ["claude-sonnet-4-5-20250929"]],
    [3, ["claude-haiku-4-5"]],
    [4, ["gemini-3-pro-preview", "claude-gemini-3-pro-preview"]],
    [5, ["gemini-2.5-flash"]],
    [6, ["gpt-5.5", "openai/gpt-5.4-mini", "claude-gpt-5.5", "chatgpt-4o-latest", "o3", "o4-mini"]],
  ];
  for (const [colour, names] of families) {
    for (const name of names) expect(familyColour(name), name).toBe(colour);
  }
});

it("takes no other maker's model for one of these", () => {
  for (const name of ["deepseek-v4-flash", "glm-5.3-flash", "kimi-k3", "sonar-pro", "foo3", ""]) {
    expect(familyColour(name), name).toBeUndefined();
  }
});
