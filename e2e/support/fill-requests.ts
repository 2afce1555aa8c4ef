import { type Asked, askClaude, askGemini } from "./ask";
import type { World } from "./fill";

/** Whole secrets of the member's keys, and the ids of those that pages open. */
export interface Keys {
  laptop: string;
  ci: string;
  /** With a budget that a few requests use up. */
  small: string;
  paused: string;
  revoked: string;
  ids: { laptop: string; ci: string };
}

const SONNET = "claude-sonnet-4-5-20250929";
const OPUS = "claude-opus-4-5-20251101";
const HAIKU = "claude-haiku-4-5-20251001";
/** Long enough to be cached by the upstream when it comes again. */
const INSTRUCTIONS = "You review changes with care and answer in a few words. ".repeat(150);

/** One round of what a day brings; each entry is a call and the key that makes it. */
const ROUND: readonly { key: "laptop" | "ci"; gemini?: boolean; asked: Asked }[] = [
  {
    key: "laptop",
    asked: { model: OPUS, stream: true, prompt: "Plan the change. [[tokens:420]]" },
  },
  { key: "laptop", asked: { model: SONNET, stream: true, prompt: "Write it. [[tokens:640]]" } },
  { key: "laptop", asked: { model: HAIKU, prompt: "A title for it. [[tokens:12]]" } },
  { key: "ci", asked: { model: SONNET, prompt: "Review it. [[tokens:180]]" } },
  { key: "ci", gemini: true, asked: { model: "gemini-2.5-pro", prompt: "Sum up. [[tokens:210]]" } },
  { key: "laptop", gemini: true, asked: { stream: true, prompt: "Translate. [[tokens:90]]" } },
];

/** Calls through the relay: `rounds` of the usual, then one of each kind of refusal and failure. */
export async function fillRequests(world: World, keys: Keys, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const session = `3f2a8c1e-0000-4000-8000-${String(round).padStart(12, "0")}`;
    await Promise.all(
      ROUND.map(({ key, gemini, asked }) => {
        const prompt = `${INSTRUCTIONS}\n${asked.prompt}`;
        const ask = gemini ? askGemini : askClaude;
        return ask(world.url, keys[key], { ...asked, prompt, session }).catch(() => null);
      }),
    );
  }
  const claude = (key: string, asked: Asked) => askClaude(world.url, key, asked).catch(() => null);
  await claude(keys.laptop, { prompt: "Too much. [[tokens:5]]", maxTokens: 9_000_000 });
  await claude(keys.laptop, { model: "no-such-model", prompt: "Who are you?" });
  await claude(keys.paused, { prompt: "Am I in?" });
  await claude(keys.revoked, { prompt: "Am I in?" });
  await exhaust(world, keys.small);
}

const TRIES = 40;

/** Spends the small budget until the portal refuses. */
async function exhaust({ url }: World, key: string): Promise<void> {
  for (let i = 0; i < TRIES; i++) {
    const asked = { prompt: "Tell me more. [[tokens:400]]", maxTokens: 400 };
    const { status } = await askClaude(url, key, asked);
    if (status === 402) return;
  }
  throw new Error("The small budget was not used up.");
}
