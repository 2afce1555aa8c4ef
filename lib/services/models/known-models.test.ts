import { expect, it } from "vitest";
import type { ProtocolId } from "../../relay/model";
import { knownModels } from "./known-models";
import { priceBook } from "./price-finder";
import { shippedEntries } from "./shipped-prices";
import { modelPriceOf } from "./stored-price";

const entries = shippedEntries(new Date("2026-11-23T00:00:00Z"));
const models = entries.map(({ model, price, aliases }) => ({
  price: modelPriceOf(model, price),
  aliases,
}));
const book = {
  ...priceBook("book_test", models),
  names: entries.map(({ model }) => model),
  activeAtMs: 7,
};
const idsOf = (protocol: ProtocolId) => knownModels(book, protocol).map(({ id }) => id);

it("lists for each format what its upstreams serve", () => {
  const samples: Record<ProtocolId, string> = {
    anthropic: "claude-opus-5-5",
    gemini: "gemini-2.5-pro",
    "code-assist": "gemini-2.5-pro",
    "gemini-embeddings": "gemini-embedding-001",
    "openai-chat": "gpt-5.5",
    "openai-responses": "o4-mini",
    "openai-completions": "gpt-5.5",
    "openai-compact": "gpt-5.5",
    "openai-embeddings": "text-embedding-3-small",
    "openai-images": "gpt-image-2",
  };
  for (const [protocol, id] of Object.entries(samples)) {
    expect(idsOf(protocol as ProtocolId), protocol).toContain(id);
  }
});

it("offers for text no model that hears, speaks, draws or measures, and none of a router's spelling", () => {
  for (const id of idsOf("openai-chat")) {
    expect(id).not.toMatch(/embedding|image|audio|realtime|transcribe|tts|moderation|whisper|\//);
  }
});
