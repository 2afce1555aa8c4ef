import type { Effort, Reasoning } from "../neutral";

const EFFORTS: readonly Effort[] = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];

/** An effort in OpenAI's words; null for any other value. */
export function readEffort(value: unknown): Effort | null {
  return EFFORTS.find((effort) => effort === value) ?? null;
}

/** The first line whose pattern a model's name matches says which efforts the model takes. */
const TAKEN: readonly (readonly [RegExp, readonly Effort[]])[] = [
  [/^gpt-5(\.\d+)?-chat/, []],
  [/^gpt-5-pro/, ["high"]],
  [/^gpt-5(\.\d+)?-pro/, ["medium", "high", "xhigh"]],
  [/^gpt-5\.1-codex-max/, ["low", "medium", "high", "xhigh"]],
  [/^gpt-5(\.1)?-codex/, ["low", "medium", "high"]],
  [/^gpt-5\.[2-5]-codex/, ["low", "medium", "high", "xhigh"]],
  [/^gpt-5\.1(-|$)/, ["none", "low", "medium", "high"]],
  [/^gpt-5\.[2-5](-|$)/, ["none", "low", "medium", "high", "xhigh"]],
  [/^gpt-5(-|$)/, ["minimal", "low", "medium", "high"]],
  [/^gpt-(5\.|[6-9]|\d\d)/, ["none", "low", "medium", "high", "xhigh", "max"]],
  [/^(o\d|gpt-oss|codex)/, ["low", "medium", "high"]],
];

/**
 * Efforts that a model takes; none for one that does not reason, or is not known to.
 * @see https://platform.openai.com/docs/guides/reasoning
 */
export function effortsOf(model: string): readonly Effort[] {
  // Routers put the maker before the name.
  const name = model.slice(model.lastIndexOf("/") + 1).toLowerCase();
  return TAKEN.find(([pattern]) => pattern.test(name))?.[1] ?? [];
}

/** The effort that a model takes which lies nearest to the asked one, the greater of two. */
export function nearestEffort(asked: Effort, taken: readonly Effort[]): Effort | null {
  const distance = (effort: Effort) => Math.abs(EFFORTS.indexOf(effort) - EFFORTS.indexOf(asked));
  const [nearest] = [...taken].reverse().sort((a, b) => distance(a) - distance(b));
  return nearest ?? null;
}

/** Up to so many tokens of thought stand for an effort. */
const BUDGETS: readonly (readonly [number, Effort])[] = [
  [1024, "minimal"],
  [4096, "low"],
  [16_384, "medium"],
];

/** The effort that a budget of tokens comes nearest to. */
function effortOfBudget(tokens: number): Effort {
  return BUDGETS.find(([most]) => tokens <= most)?.[1] ?? "high";
}

/** The effort that a client's wishes come to; null when it leaves it to the model. */
export function askedEffort({ enabled, effort, budgetTokens }: Reasoning): Effort | null {
  if (enabled === false || budgetTokens === 0) return "none";
  if (effort !== null) return effort;
  return budgetTokens !== null && budgetTokens > 0 ? effortOfBudget(budgetTokens) : null;
}
