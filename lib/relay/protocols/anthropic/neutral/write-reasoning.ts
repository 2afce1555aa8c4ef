import type { Effort, NeutralCall, Reasoning } from "../../../neutral";
import type { Lose } from "../../loss-list";
import { isInToolLoop, lastTurnThinks } from "./arrange-turns";
import type { Message } from "./message";
import type { ModelTraits } from "./model-traits";
import { isObject, type Json, ownFields } from "./wire";

/** The settings of a call that decide whether thoughts are possible. */
interface ReasoningContext {
  traits: ModelTraits;
  maxTokens: number;
  /** Is the model made to call a tool? */
  forced: boolean;
  messages: readonly Message[];
  lose: Lose;
}

export interface WrittenReasoning {
  thinking: Json | null;
  effort: string | null;
}

const NONE: WrittenReasoning = { thinking: null, effort: null };
const MIN_BUDGET = 1024;

/**
 * How a call asks for thoughts: by effort where the model decides itself, by a budget for older models.
 * Where Anthropic would refuse the call they are switched off, with a loss.
 * @see https://docs.claude.com/en/docs/build-with-claude/extended-thinking
 */
export function writeReasoning(call: NeutralCall, context: ReasoningContext): WrittenReasoning {
  const { reasoning } = call;
  const { thinking, efforts } = context.traits;
  if (reasoning === null) return NONE;
  if (ownFields(call.extra).thinking === null) {
    return { thinking: null, effort: writeEffort(reasoning.effort, context) };
  }
  if (isOff(reasoning)) return off(reasoning, context);
  if (thinking === "none") {
    context.lose("reasoning-settings", "thinking");
    return NONE;
  }
  if (isManual(reasoning, context.traits)) return manual(reasoning, context);
  const effort = reasoning.effort ?? effortOfBudget(reasoning.budgetTokens, context.lose);
  return {
    thinking: { type: "adaptive", ...display(reasoning) },
    effort: efforts ? writeEffort(effort, context) : null,
  };
}

/** Does a call written so think? */
export function thinks({ thinking }: WrittenReasoning): boolean {
  return isObject(thinking) && (thinking.type === "enabled" || thinking.type === "adaptive");
}

function isOff({ enabled, effort, budgetTokens }: Reasoning): boolean {
  return enabled === false || effort === "none" || budgetTokens === 0;
}

/** Where thinking cannot be switched off, little effort comes nearest. */
function off({ effort }: Reasoning, context: ReasoningContext): WrittenReasoning {
  const { lose, traits } = context;
  if (traits.thinking === "none") return NONE;
  if (traits.off === null) {
    lose("reasoning-settings", "thinking off");
    return { thinking: null, effort: "low" };
  }
  // More than high effort is refused without thoughts.
  const bounded = effort === "xhigh" || effort === "max" ? "high" : effort;
  if (bounded !== effort) lose("reasoning-settings", `effort ${effort} without thinking`);
  const written = traits.efforts ? writeEffort(bounded, context) : null;
  return { thinking: { type: traits.off }, effort: written };
}

function isManual({ budgetTokens }: Reasoning, { thinking }: ModelTraits): boolean {
  if (thinking === "either") return budgetTokens !== null && budgetTokens > 0;
  return thinking === "manual";
}

function display({ show }: Reasoning): { display?: string } {
  if (show === null) return {};
  return { display: show ? "summarized" : "omitted" };
}

/** Tokens of thought that stand for an effort, up to what Claude Code itself asks for at most. */
const BUDGETS: Readonly<Record<Effort, number>> = {
  none: 0,
  minimal: 1024,
  low: 2048,
  medium: 8192,
  high: 16_384,
  xhigh: 31_999,
  max: 31_999,
};

/** Why thoughts by budget must stay off; null when they need not. */
function obstacle(budget: number, { forced, messages, maxTokens, traits }: ReasoningContext) {
  if (forced) return "thinking with a forced tool";
  if (budget < MIN_BUDGET || maxTokens <= MIN_BUDGET) return "thinking within so few tokens";
  if (isInToolLoop(messages) && !lastTurnThinks(messages)) return "thinking after calls without it";
  const isBegun = messages.at(-1)?.role === "assistant";
  return isBegun && traits.prefill ? "thinking with a begun answer" : null;
}

function manual(reasoning: Reasoning, context: ReasoningContext): WrittenReasoning {
  const { maxTokens, lose, traits } = context;
  const { budgetTokens, effort } = reasoning;
  const stated = budgetTokens !== null && budgetTokens > 0;
  const wanted = stated ? Math.max(budgetTokens, MIN_BUDGET) : BUDGETS[effort ?? "medium"];
  // Part of the limit must be left for the answer.
  const budget = wanted < maxTokens ? wanted : Math.floor((maxTokens * 3) / 4);
  const reason = obstacle(budget, context);
  const written = traits.efforts ? writeEffort(effort, context) : null;
  if (reason !== null) {
    lose("reasoning-settings", reason);
    return { thinking: null, effort: written };
  }
  if (stated && budget !== budgetTokens) lose("reasoning-settings", "budget");
  return {
    thinking: { type: "enabled", budget_tokens: budget, ...display(reasoning) },
    effort: written,
  };
}

/** The nearest effort that the model knows. */
function writeEffort(effort: Effort | null, { traits, lose }: ReasoningContext): string | null {
  if (effort === null || effort === "none") return null;
  if (traits.efforts?.has(effort)) return effort;
  lose("reasoning-settings", `effort ${effort}`);
  if (!traits.efforts) return null;
  return effort === "minimal" ? "low" : "high";
}

/** Models that decide themselves take no budget; its size tells the effort. */
function effortOfBudget(budget: number | null, lose: Lose): Effort | null {
  if (budget === null || budget < 0) return null;
  lose("reasoning-settings", "budget");
  if (budget <= BUDGETS.low) return "low";
  return budget <= BUDGETS.medium ? "medium" : "high";
}
