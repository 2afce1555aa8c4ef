import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  anthropicClient,
  chatClient,
  geminiClient,
  responsesClient,
} from "../../testing/loop-clients";
import { type Providers, playLoop, startProviders } from "../../testing/relayed-loop";
import { SEAL_MARK } from "./envelope";

let providers: Providers;
beforeAll(async () => {
  providers = await startProviders();
});
afterAll(() => providers.close());

/** Of each maker of thoughts, every account that may be next. */
const pairs = () =>
  providers.accounts.flatMap((maker) => providers.accounts.map((next) => [maker, next] as const));

const CLIENTS = [
  ["anthropic", anthropicClient],
  ["gemini", geminiClient],
  ["openai-responses", responsesClient],
  ["openai-chat", chatClient],
] as const;
const PROMPTS = {
  "several calls at once": "Go on [[scenario:parallel-tools-3]][[thinking:8]]",
  "calls without thoughts": "Go on [[scenario:tool-loop-3]][[thinking:0]]",
  "thoughts only": "Go on [[scenario:thinking]]",
  "redacted thoughts": "Go on [[scenario:redacted-thinking]]",
} as const;

describe.each(CLIENTS)("a conversation on the %s face", (_, clientOf) => {
  it.each(Object.entries(PROMPTS))(
    "goes from each account to each other one and back, with %s",
    async (__, prompt) => {
      for (const [maker, next] of pairs()) {
        const accounts = [maker, next, maker];
        const client = clientOf(prompt);
        const sent = await playLoop({
          client,
          accounts,
          turns: 3,
          switchEvery: 1,
          goesOn: prompt,
        });
        expect(sent).toHaveLength(3);
        // Only what passed as it was can be refused, and is then opened at once.
        const passes = maker.provider === next.provider && maker.id !== next.id;
        expect(sent.some(({ refused }) => refused > (passes ? 1 : 0))).toBe(false);
        expect(sent.filter(({ text }) => text.includes(SEAL_MARK))).toEqual([]);
      }
    },
    60_000,
  );
});
