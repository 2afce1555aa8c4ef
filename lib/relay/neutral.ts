import type { Block, CacheHint, Extra, HostedToolKind, TextBlock } from "./neutral-blocks";

/**
 * A conversation in no protocol's words: what every wire format is read into and written from when
 * client and account speak different ones. Readers keep what the neutral form has no word for in an
 * `Extra`, so that writing back in the same protocol loses nothing; writers of another protocol name it
 * as a loss.
 */

/**
 * One message. "system" may stand anywhere in the conversation. Tool results lie in "user" turns. Readers
 * keep the messages as they came; writers join or split them as their protocol wants.
 */
export interface Turn {
  role: "user" | "assistant" | "system";
  blocks: readonly Block[];
  extra?: Extra;
}

export type Tool =
  | {
      kind: "function";
      name: string;
      description: string | null;
      /** JSON Schema as the client sent it; null when it sent none. */
      schema: Readonly<Record<string, unknown>> | null;
      strict: boolean | null;
      /** The client shows it to the model only after a search; foreign upstreams are given it at once. */
      deferred: boolean;
      /** Codex groups functions; `name` is the name within the group. */
      namespace: string | null;
      cache: CacheHint | null;
      extra?: Extra;
    }
  /** A tool whose input is free text (Responses). Elsewhere a function with one string, `input`. */
  | {
      kind: "custom";
      name: string;
      description: string | null;
      /** Grammar of the text; null for any. */
      format: Readonly<Record<string, unknown>> | null;
      extra?: Extra;
    }
  | {
      kind: "hosted";
      tool: HostedToolKind;
      /** The protocol's own name or type, e.g. web_search_20250305. */
      name: string;
      maxUses: number | null;
      allowedDomains: readonly string[] | null;
      blockedDomains: readonly string[] | null;
      location: UserLocation | null;
      extra?: Extra;
    };

export interface UserLocation {
  city: string | null;
  region: string | null;
  country: string | null;
  timezone: string | null;
}

export type ToolChoice =
  | { kind: "auto" | "any" | "none" }
  /** `namespace` as in the tool; null elsewhere. Names a hosted tool by its `name` too. */
  | { kind: "tool"; name: string; namespace: string | null }
  | { kind: "allowed"; mode: "auto" | "any"; names: readonly string[] };

export type Effort = "none" | "minimal" | "low" | "medium" | "high" | "xhigh" | "max";

export interface Reasoning {
  /** false when the client switched it off; null when it left it to the model. */
  enabled: boolean | null;
  effort: Effort | null;
  /** Tokens; -1 leaves the amount to the model (Gemini's dynamic, Anthropic's adaptive). */
  budgetTokens: number | null;
  /** Does the client want to see thoughts? null when it does not say. */
  show: boolean | null;
  /** OpenAI's word for how: auto, concise, detailed. */
  summary: string | null;
}

export type OutputForm =
  | { kind: "json" }
  | {
      kind: "schema";
      name: string | null;
      description: string | null;
      schema: Readonly<Record<string, unknown>>;
      strict: boolean | null;
    };

export interface Sampling {
  temperature: number | null;
  topP: number | null;
  topK: number | null;
  seed: number | null;
  frequencyPenalty: number | null;
  presencePenalty: number | null;
}

export interface NeutralCall {
  /** As the client asked. */
  model: string;
  stream: boolean;
  /** Instructions at the top. */
  system: readonly TextBlock[];
  turns: readonly Turn[];
  tools: readonly Tool[];
  toolChoice: ToolChoice | null;
  /** May the model call several tools at once? null when the client does not say. */
  parallelTools: boolean | null;
  maxOutputTokens: number | null;
  sampling: Sampling;
  stop: readonly string[];
  output: OutputForm | null;
  reasoning: Reasoning | null;
  verbosity: "low" | "medium" | "high" | null;
  candidates: number | null;
  logprobs: { top: number | null } | null;
  /** The client's own name for its end user. */
  endUser: string | null;
  serviceTier: string | null;
  /** Chat: does the client want a last chunk with usage? null where the protocol always states it. */
  includeUsage: boolean | null;
  extra?: Extra;
}

export const NO_SAMPLING: Sampling = {
  temperature: null,
  topP: null,
  topK: null,
  seed: null,
  frequencyPenalty: null,
  presencePenalty: null,
};
