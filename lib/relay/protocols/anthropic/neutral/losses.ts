import type { LossKind } from "../../../neutral-loss";
import type { KnownLosses } from "../../translator";

const MESSAGES = "https://docs.claude.com/en/api/messages";
const TOOLS = "https://docs.claude.com/en/docs/agents-and-tools/tool-use/overview";
const SCHEMAS = "https://docs.claude.com/en/docs/build-with-claude/structured-outputs";
const THINKING = "https://docs.claude.com/en/docs/build-with-claude/extended-thinking";

/** Kinds of things that a call of the Messages API can state. */
export const CALL_STATES: readonly LossKind[] = [
  "cache-hint",
  "citations",
  "document-form",
  "file-reference",
  "hosted-tool",
  "hosted-tool-options",
  "image-form",
  "metadata",
  "other-fields",
  "parallel-switch",
  "reasoning-settings",
  "sampling",
  "schema-constraints",
  "service-tier",
  "stop-sequences",
  "strict-tools",
  "thought",
  "tool-choice",
];

/** Kinds of things that an answer of it can state. */
export const ANSWER_STATES: readonly LossKind[] = [
  "citations",
  "hosted-tool",
  "other-fields",
  "thought",
];

/** Everything that a call to Anthropic can lose. */
export const CALL_LOSSES: KnownLosses = {
  candidates: { why: "There is one answer per call; the number is left out.", see: MESSAGES },
  citations: {
    why: "Sources of another provider's search carry no index that Anthropic can check; the text stays.",
    see: "https://docs.claude.com/en/docs/build-with-claude/citations",
  },
  "document-form": {
    why: "Documents are PDF or text; another type is left out.",
    see: "https://docs.claude.com/en/docs/build-with-claude/pdf-support",
  },
  "file-reference": {
    why: "A file kept at another provider cannot be opened; it is left out.",
    see: "https://docs.claude.com/en/docs/build-with-claude/files",
  },
  "hosted-tool": {
    why: "Only web search, web fetch and code execution have a like at Anthropic; other provider-run tools, and what another provider's tools found earlier, are left out.",
    see: TOOLS,
  },
  "hosted-tool-options": {
    why: "A search takes either allowed or blocked domains; the blocked ones are left out.",
    see: "https://docs.claude.com/en/docs/agents-and-tools/tool-use/web-search-tool",
  },
  "image-detail": {
    why: "Images have no level of detail; it is left out.",
    see: "https://docs.claude.com/en/docs/build-with-claude/vision",
  },
  "image-form": {
    why: "Images are JPEG, PNG, GIF or WebP; another type is left out.",
    see: "https://docs.claude.com/en/docs/build-with-claude/vision",
  },
  logprobs: { why: "Answers carry no probabilities; the wish is left out.", see: MESSAGES },
  "other-fields": {
    why: "Fields and blocks that only the client's protocol has are left out.",
    see: MESSAGES,
  },
  penalties: { why: "There are no penalties; they are left out.", see: MESSAGES },
  "reasoning-settings": {
    why: "Efforts and budgets become the nearest that the model has; thinking is switched off where Anthropic would refuse the call with it.",
    see: THINKING,
  },
  sampling: {
    why: "Temperatures end at 1; newer models and thinking ones take no sampling, which is left out.",
    see: MESSAGES,
  },
  "schema-constraints": {
    why: "Bounds and grammars that Anthropic cannot enforce are left out; so is a form of the answer without a schema, or with one that is recursive or open.",
    see: SCHEMAS,
  },
  seed: { why: "There is no seed; it is left out.", see: MESSAGES },
  "service-tier": {
    why: "Only the automatic and the standard tier have a like; others are left out.",
    see: "https://docs.claude.com/en/api/service-tiers",
  },
  "stop-sequences": {
    why: "Sequences of white space only are refused and left out.",
    see: MESSAGES,
  },
  "strict-tools": {
    why: "A strict tool whose schema Anthropic cannot enforce is sent as a plain one.",
    see: SCHEMAS,
  },
  thought: {
    why: "Thoughts without Anthropic's signature are refused and left out.",
    see: THINKING,
  },
  "tool-choice": {
    why: "A tool that could not be sent cannot be chosen, and models that always think cannot be made to call one.",
    see: TOOLS,
  },
  verbosity: { why: "There is no verbosity; it is left out.", see: MESSAGES },
};

/** Everything that an answer to an Anthropic client can lose. */
export const ANSWER_LOSSES: KnownLosses = {
  citations: {
    why: "A source without an address has no form; the text stays.",
    see: "https://docs.claude.com/en/docs/build-with-claude/citations",
  },
  "hosted-tool": {
    why: "Of the calls that another provider's tools answered only searches are shown.",
    see: TOOLS,
  },
  "image-form": { why: "Answers hold no images; they are written as Markdown.", see: MESSAGES },
  "other-fields": {
    why: "Blocks that only the upstream's protocol has are left out.",
    see: MESSAGES,
  },
};
