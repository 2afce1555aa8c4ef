/** What the models differ in, by their names. */
export interface ModelTraits {
  /** 2.5, 3, 3.1 …; names without a number are today's. */
  generation: number;
  maxOutputTokens: number;
  thinking: ThinkingTraits | null;
}

export type ThinkingTraits =
  /** `mayBeOff`: a budget of 0 is taken. */
  | { kind: "budget"; least: number; most: number; mayBeOff: boolean }
  /** From the lowest to the highest. */
  | { kind: "level"; levels: readonly ThinkingLevel[] };

export const THINKING_LEVELS = ["minimal", "low", "medium", "high"] as const;
export type ThinkingLevel = (typeof THINKING_LEVELS)[number];

const NEWEST = Number.POSITIVE_INFINITY;

/**
 * @see https://ai.google.dev/gemini-api/docs/thinking#levels-budgets
 * The first pattern that fits holds.
 */
const THINKING: readonly { pattern: RegExp; thinking: ThinkingTraits | null }[] = [
  { pattern: /^gemini-(1|2\.0)/, thinking: null },
  {
    pattern: /^gemini-2\.5-flash-lite/,
    thinking: { kind: "budget", least: 512, most: 24_576, mayBeOff: true },
  },
  {
    pattern: /^gemini-2\.5-flash/,
    thinking: { kind: "budget", least: 1, most: 24_576, mayBeOff: true },
  },
  {
    pattern: /^gemini-2/,
    thinking: { kind: "budget", least: 128, most: 32_768, mayBeOff: false },
  },
  { pattern: /^gemini-3-pro/, thinking: { kind: "level", levels: ["low", "high"] } },
  {
    pattern: /pro|gemini-3\.8-flash(?!-lite)/,
    thinking: { kind: "level", levels: ["low", "medium", "high"] },
  },
  { pattern: /flash/, thinking: { kind: "level", levels: THINKING_LEVELS } },
];
/** Levels that every model with levels has, for names that say nothing. */
const SAFE_LEVELS: ThinkingTraits = { kind: "level", levels: ["low", "high"] };

/** The traits of a model by its name, with or without "models/". Unknown names count as the newest. */
export function modelTraits(name: string): ModelTraits {
  const id = name.replace(/^models\//, "");
  const number = /^gemini-(\d+(?:\.\d+)?)/.exec(id)?.[1];
  const generation = number === undefined ? NEWEST : Number(number);
  const found = THINKING.find(({ pattern }) => pattern.test(id));
  return {
    generation,
    // Google refuses a larger bound instead of lowering it.
    maxOutputTokens: generation < 2.5 ? 8192 : 65_536,
    thinking: found ? found.thinking : SAFE_LEVELS,
  };
}
