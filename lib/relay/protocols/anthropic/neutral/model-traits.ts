/** What a model takes, by its name. Unknown names are models of other makers behind the same API. */
export interface ModelTraits {
  /** Largest `max_tokens`; null when it is not known. */
  maxOutput: number | null;
  /** How thoughts are asked for: by a budget, left to the model, or either. */
  thinking: "none" | "manual" | "either" | "adaptive";
  /** The efforts of `output_config` that it knows; null for none. */
  efforts: ReadonlySet<string> | null;
  /** Which of `temperature`, `top_p`, `top_k` it takes: all, not both of the first two, or none. */
  sampling: "all" | "one" | "none";
  /** How `thinking` is switched off; null for a model that always thinks. */
  off: "disabled" | "between_tools" | null;
  /** Can it be made to call a tool? */
  forcedTools: boolean;
  /** Does it take system messages within the conversation? */
  systemTurns: boolean;
  /** May the conversation end with the beginning of the answer? */
  prefill: boolean;
  /** Does it keep to schemas: `output_config.format` and strict tools? */
  schemas: boolean;
}

const EFFORTS = new Set(["low", "medium", "high", "max"]);
const EFFORTS_WITH_XHIGH = new Set([...EFFORTS, "xhigh"]);
const EFFORTS_OF_4_5 = new Set(["low", "medium", "high"]);

/**
 * Traits of a model.
 * @see https://docs.claude.com/en/docs/about-claude/models/overview
 * @see https://docs.claude.com/en/docs/build-with-claude/adaptive-thinking
 * @see https://platform.claude.com/docs/en/models/opus-5-5/whats-new-opus-5-5
 * @see https://platform.claude.com/docs/en/build-with-claude/mid-conversation-system-messages
 */
export function traitsOf(model: string): ModelTraits {
  const version = versionOf(model);
  if (version === null) return UNKNOWN;
  return {
    maxOutput: maxOutputOf(model, version),
    thinking: thinkingOf(version),
    efforts: effortsOf(model, version),
    sampling: samplingOf(version),
    off: offOf(model, version),
    forcedTools: !isBound(model, version),
    systemTurns: version >= 408,
    prefill: version < 406,
    schemas: version >= 405,
  };
}

const UNKNOWN: ModelTraits = {
  maxOutput: null,
  thinking: "manual",
  efforts: null,
  sampling: "all",
  off: "disabled",
  forcedTools: true,
  // Other makers refuse the role, and claude-code-router drops such a message.
  systemTurns: false,
  prefill: true,
  schemas: true,
};

const NEW_NAME = /claude-[a-z]+-(\d)(?:[.-](\d{1,2}))?(?!\d)/;
const OLD_NAME = /claude-(\d)(?:[.-](\d))?-(?:opus|sonnet|haiku)/;

/** Generation times 100 plus the number behind it: 4.6 is 406. A date is no number of a version. */
function versionOf(model: string): number | null {
  const found = NEW_NAME.exec(model.toLowerCase()) ?? OLD_NAME.exec(model.toLowerCase());
  return found ? Number(found[1]) * 100 + Number(found[2] ?? 0) : null;
}

/** From a generation on, up to the next line. */
const MAX_OUTPUT: readonly [from: number, tokens: number][] = [
  [406, 128_000],
  [307, 64_000],
  [305, 8_192],
  [0, 4_096],
];

function maxOutputOf(model: string, version: number): number {
  if (version < 405 && version >= 400 && model.includes("opus")) return 32_000;
  if (version >= 406 && /haiku|sonnet-4/.test(model)) return 64_000;
  return MAX_OUTPUT.find(([from]) => version >= from)?.[1] ?? 4_096;
}

function thinkingOf(version: number): ModelTraits["thinking"] {
  if (version >= 407) return "adaptive";
  if (version === 406) return "either";
  return version >= 307 ? "manual" : "none";
}

function effortsOf(model: string, version: number): ModelTraits["efforts"] {
  if (version >= 407) return EFFORTS_WITH_XHIGH;
  if (version === 406) return EFFORTS;
  return version === 405 && model.includes("opus") ? EFFORTS_OF_4_5 : null;
}

function samplingOf(version: number): ModelTraits["sampling"] {
  if (version >= 407) return "none";
  return version >= 401 ? "one" : "all";
}

/** The models that think before every answer, with the versions from which on they do. */
const BOUND: readonly [family: string, from: number][] = [
  ["opus", 505],
  ["sonnet", 505],
  ["fable", 501],
  ["mythos", 500],
];

function isBound(model: string, version: number): boolean {
  return BOUND.some(([family, from]) => model.includes(family) && version >= from);
}

function offOf(model: string, version: number): ModelTraits["off"] {
  if (!isBound(model, version)) return "disabled";
  return model.includes("sonnet") ? "between_tools" : null;
}
