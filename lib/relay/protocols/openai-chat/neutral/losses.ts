import type { LossKind } from "../../../neutral-loss";
import type { KnownLosses } from "../../translator";

const CREATE = "https://platform.openai.com/docs/api-reference/chat/create";
const OBJECT = "https://platform.openai.com/docs/api-reference/chat/object";
const REASONING = "https://platform.openai.com/docs/guides/reasoning";
const FORMS = "https://platform.openai.com/docs/guides/structured-outputs";
const SEARCH = "https://platform.openai.com/docs/guides/tools-web-search?api-mode=chat";
const CACHING = "https://platform.openai.com/docs/guides/prompt-caching";
const FILES = "https://platform.openai.com/docs/guides/pdf-files?api-mode=chat";

/** Kinds of things that a call of this protocol can state. */
export const CALL_STATES: readonly LossKind[] = [
  "cache-hint",
  "candidates",
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
  "penalties",
  "reasoning-settings",
  "sampling",
  "schema-constraints",
  "seed",
  "service-tier",
  "stop-sequences",
  "strict-tools",
  "thought",
  "tool-choice",
  "verbosity",
];

/** The same for answers. */
export const ANSWER_STATES: readonly LossKind[] = [
  "citations",
  "image-form",
  "logprobs",
  "other-fields",
  "thought",
];

/** What a call written in this protocol can lose. */
export const CALL_LOSSES: KnownLosses = {
  "cache-hint": {
    why: "There are no marks of cached prefixes: the provider caches by itself.",
    see: CACHING,
  },
  candidates: { why: "Models that search the web answer once.", see: SEARCH },
  citations: { why: "Citations of earlier answers are left out; their text stays.", see: CREATE },
  "document-form": {
    why: "A document of plain text becomes a text; one that is given by its address is left out.",
    see: FILES,
  },
  "file-reference": {
    why: "A file kept at another provider, and an image kept at any, is left out.",
    see: CREATE,
  },
  "hosted-tool": {
    why: "Web search is there for the models made for it; other provider-run tools, and what they did earlier, are left out.",
    see: SEARCH,
  },
  "hosted-tool-options": {
    why: "A search takes a place, but neither a bound nor a list of domains.",
    see: SEARCH,
  },
  "image-detail": {
    why: "A detail other than low, high or auto is left to the model.",
    see: CREATE,
  },
  "image-form": { why: "An image without bytes or address is left out.", see: CREATE },
  logprobs: { why: "Models that reason state no probabilities.", see: REASONING },
  metadata: {
    why: "The name of the end user is left out where it is longer than 64 characters.",
    see: CREATE,
  },
  "other-fields": {
    why: "Fields that only the client's protocol knows are left out.",
    see: CREATE,
  },
  "parallel-switch": {
    why: "Models of the o series have no switch for several calls at once.",
    see: CREATE,
  },
  penalties: { why: "Models that reason take no penalties.", see: REASONING },
  "reasoning-settings": {
    why: "A budget becomes the nearest effort that the model takes, none where it takes no functions beside it; thoughts are not shown, and other models than OpenAI's are told no effort.",
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
  "service-tier": { why: "A tier that OpenAI does not know is left to the project.", see: CREATE },
  "stop-sequences": {
    why: "At most four are sent, and none to models that reason, which refuse them.",
    see: CREATE,
  },
  "strict-tools": {
    why: "A tool whose schema is beyond the rules of strict mode is sent without it.",
    see: FORMS,
  },
  thought: { why: "Thoughts of earlier turns have no field and are left out.", see: CREATE },
  "tool-choice": {
    why: "A choice of a tool that cannot be sent is left to the model, and a list of allowed tools where the server is not OpenAI's.",
    see: CREATE,
  },
  verbosity: { why: "Only OpenAI's models that reason take a verbosity.", see: CREATE },
};

/** What an answer written in this protocol can lose. */
export const ANSWER_LOSSES: KnownLosses = {
  citations: { why: "A citation without an address has no annotation.", see: OBJECT },
  "hosted-tool": {
    why: "What provider-run tools did is not shown; what a search found is told by the citations.",
    see: SEARCH,
  },
  "image-form": { why: "An image without bytes or address is left out.", see: OBJECT },
  "other-fields": {
    why: "Blocks that only the upstream's protocol knows are left out.",
    see: OBJECT,
  },
  thought: { why: "Encrypted thoughts and signatures of thoughts have no field.", see: OBJECT },
};
