import type { Effort, Reasoning } from "../../../neutral";
import type { LossList } from "./loss-list";
import { THINKING_LEVELS, type ThinkingLevel, type ThinkingTraits } from "./model-traits";
import type { Message } from "./proto-fields";

const DYNAMIC = -1;

/**
 * Budgets that Google's own OpenAI-compatible endpoint gives to efforts.
 * @see https://ai.google.dev/gemini-api/docs/openai#thinking
 */
const BUDGETS: Readonly<Record<Effort, number>> = {
  none: 0,
  minimal: 1024,
  low: 1024,
  medium: 8192,
  high: 24_576,
  xhigh: 32_768,
  max: 32_768,
};

const LEVELS: Readonly<Record<Effort, ThinkingLevel>> = {
  none: "minimal",
  minimal: "minimal",
  low: "low",
  medium: "medium",
  high: "high",
  xhigh: "high",
  max: "high",
};

/**
 * A wish about thinking as the model takes it: a level since 3, a budget of tokens in 2.5; null when
 * there is nothing to say.
 * @see https://ai.google.dev/gemini-api/docs/thinking
 */
export function writeThinking(
  wish: Reasoning | null,
  traits: ThinkingTraits | null,
  losses: LossList,
): Message | null {
  if (!wish) return null;
  const isOff = wish.enabled === false || wish.effort === "none";
  if (!traits) {
    if (!isOff && wish.enabled) losses.add("reasoning-settings", "thinking");
    return null;
  }
  const amount = isOff ? least(traits, losses) : amountOf(wish, traits, losses);
  const shown = isOff ? null : shows(wish);
  const config = { ...amount, ...(shown === null ? {} : { includeThoughts: shown }) };
  return Object.keys(config).length > 0 ? config : null;
}

/** A client that asked for thinking expects to see it, unless it says otherwise. */
function shows({ show, enabled, summary }: Reasoning): boolean | null {
  if (show !== null) return show;
  return enabled === true || summary !== null ? true : null;
}

function least(traits: ThinkingTraits, losses: LossList): Message {
  if (traits.kind === "budget" && traits.mayBeOff) return { thinkingBudget: 0 };
  losses.add("reasoning-settings", "thinking cannot be switched off");
  if (traits.kind === "budget") return { thinkingBudget: traits.least };
  return { thinkingLevel: (traits.levels[0] ?? "low").toUpperCase() };
}

function amountOf(wish: Reasoning, traits: ThinkingTraits, losses: LossList): Message {
  const { effort, budgetTokens } = wish;
  if (effort === null && budgetTokens === null) return {};
  if (traits.kind === "budget") return budgetOf(wish, traits, losses);
  if (effort !== null) return levelOf(LEVELS[effort], traits.levels);
  // The model chooses by itself when it is told nothing.
  if (budgetTokens === null || budgetTokens === DYNAMIC) return {};
  losses.add("reasoning-settings", "thinking budget");
  return levelOf(levelOfBudget(budgetTokens), traits.levels);
}

function budgetOf(
  { effort, budgetTokens }: Reasoning,
  { least: from, most }: Extract<ThinkingTraits, { kind: "budget" }>,
  losses: LossList,
): Message {
  const wanted = budgetTokens ?? (effort === null ? DYNAMIC : BUDGETS[effort]);
  // An effort beside "as much as it takes" says more.
  if (wanted === DYNAMIC && effort !== null) {
    return { thinkingBudget: Math.min(Math.max(BUDGETS[effort], from), most) };
  }
  if (wanted === DYNAMIC) return { thinkingBudget: DYNAMIC };
  const thinkingBudget = Math.min(Math.max(wanted, from), most);
  if (budgetTokens !== null && thinkingBudget !== wanted) {
    losses.add("reasoning-settings", "thinking budget");
  }
  return { thinkingBudget };
}

function levelOfBudget(budget: number): ThinkingLevel {
  const found = THINKING_LEVELS.find((level) => budget <= BUDGETS[level]);
  return found ?? "high";
}

/** The level, or the next one above it that the model has. */
function levelOf(wanted: ThinkingLevel, levels: readonly ThinkingLevel[]): Message {
  const rank = THINKING_LEVELS.indexOf(wanted);
  const found = levels.find((level) => THINKING_LEVELS.indexOf(level) >= rank);
  return { thinkingLevel: (found ?? "high").toUpperCase() };
}
