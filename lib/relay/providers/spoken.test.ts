import { expect, it } from "vitest";
import { type ProtocolId, TRANSLATED_IDS } from "../model";
import { PROVIDERS } from "./registry";
import { spokenBy } from "./spoken";

const PASSED: readonly ProtocolId[] = [
  "openai-embeddings",
  "openai-images",
  "openai-compact",
  "gemini-embeddings",
];

it("speaks the caller's format wherever the upstream takes it, and its own to all that can be translated", () => {
  for (const provider of PROVIDERS) {
    for (const asked of TRANSLATED_IDS) {
      const taken = asked === provider.protocol || provider.also.includes(asked);
      expect(spokenBy(provider, asked), `${provider.id} ${asked}`).toBe(
        taken ? asked : provider.protocol,
      );
    }
  }
});

it("never translates a format that only passes through", () => {
  for (const provider of PROVIDERS) {
    for (const asked of PASSED) {
      const expected = provider.also.includes(asked) ? asked : null;
      expect(spokenBy(provider, asked), `${provider.id} ${asked}`).toBe(expected);
    }
  }
  expect(spokenBy({ protocol: "openai-embeddings", also: [] }, "anthropic")).toBeNull();
});
