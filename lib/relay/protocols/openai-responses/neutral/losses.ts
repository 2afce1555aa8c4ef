import type { LossKind } from "../../../neutral-loss";
import type { KnownLosses } from "../../translator";

const CREATE = "https://platform.openai.com/docs/api-reference/responses/create";
const OBJECT = "https://platform.openai.com/docs/api-reference/responses/object";
const REASONING = "https://platform.openai.com/docs/guides/reasoning";
const FORMS = "https://platform.openai.com/docs/guides/structured-outputs";
const SEARCH = "https://platform.openai.com/docs/guides/tools-web-search";

/** Kinds of things that a call of this protocol can state. */
export const CALL_STATES: readonly LossKind[] = [
  "citations",
  "document-form",
  "file-reference",
  "hosted-tool",
  "hosted-tool-options",
  "image-detail",
  "image-form",
  "logprobs",
  "metadata",
  "other-fields",
  "parallel-switch",
  "reasoning-settings",
  "sampling",
  "schema-constraints",
  "service-tier",
  "state",
  "strict-tools",
  "thought",
  "tool-choice",
  "verbosity",
];

/** The same for answers. */
export const ANSWER_STATES: readonly LossKind[] = [
  "citations",
  "file-reference",
  "hosted-tool",
  "image-form",
  "logprobs",
  "other-fields",
  "thought",
];

/** What a call written in this protocol can lose. */
export const CALL_LOSSES: KnownLosses = {
  "cache-hint": {
    why: "Prefixes are cached without being asked for: marks of what to cache are left out.",
    see: "https://platform.openai.com/docs/guides/prompt-caching",
  },
  candidates: {
    why: "An answer is always one: further candidates are not asked for.",
    see: CREATE,
  },
  "document-form": {
    why: "A document that is plain text becomes a text; its name is left out.",
    see: CREATE,
  },
  "file-reference": {
    why: "A file kept at another provider cannot be opened and is left out.",
    see: CREATE,
  },
  "hosted-tool": {
    why: "Provider-run tools other than web search and code execution, and what they did earlier, are left out.",
    see: CREATE,
  },
  "hosted-tool-options": {
    why: "A bound on searches counts only where web search is the only provider-run tool.",
    see: CREATE,
  },
  "image-detail": {
    why: "A detail that OpenAI has no word for is left to the model.",
    see: CREATE,
  },
  "image-form": { why: "An image without bytes or address is left out.", see: CREATE },
  metadata: {
    why: "The name of the end user is left out where it is longer than 64 characters.",
    see: CREATE,
  },
  "other-fields": {
    why: "Fields that only the client's protocol knows are left out.",
    see: CREATE,
  },
  penalties: { why: "There is no frequency or presence penalty.", see: CREATE },
  "reasoning-settings": {
    why: "A budget becomes the nearest effort that the model takes; models that do not reason take none.",
    see: REASONING,
  },
  sampling: {
    why: "There is no top_k, and models that reason take neither temperature nor top_p.",
    see: REASONING,
  },
  "schema-constraints": {
    why: "A schema beyond the rules of strict mode is asked for without it.",
    see: FORMS,
  },
  seed: { why: "There is no seed.", see: CREATE },
  "service-tier": { why: "A tier that OpenAI does not know is left to the project.", see: CREATE },
  "stop-sequences": { why: "There are no stop sequences.", see: CREATE },
  "strict-tools": {
    why: "A tool whose schema is beyond the rules of strict mode is sent without it.",
    see: FORMS,
  },
  thought: {
    why: "Thoughts go back only encrypted, as this provider gave them out; others are left out.",
    see: REASONING,
  },
  "tool-choice": {
    why: "A choice of a tool that cannot be sent is left to the model.",
    see: CREATE,
  },
};

/** What an answer written in this protocol can lose. */
export const ANSWER_LOSSES: KnownLosses = {
  citations: { why: "A citation without an address has no annotation.", see: OBJECT },
  "hosted-tool": {
    why: "Of provider-run tools only web search is shown; what it found is told by the citations.",
    see: SEARCH,
  },
  "image-form": { why: "An image without bytes or address is left out.", see: OBJECT },
  "other-fields": {
    why: "Fields that only the upstream's protocol knows are left out.",
    see: OBJECT,
  },
};
