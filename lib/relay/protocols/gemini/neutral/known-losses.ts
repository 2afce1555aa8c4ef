import type { LossKind } from "../../../neutral-loss";
import type { KnownLosses } from "../../translator";

const CONFIG = "https://ai.google.dev/api/generate-content#generationconfig";
const CONTENT = "https://ai.google.dev/api/caching#Content";
const CALLING = "https://ai.google.dev/gemini-api/docs/function-calling";
const REQUEST = "https://ai.google.dev/api/generate-content#request-body";
const THINKING = "https://ai.google.dev/gemini-api/docs/thinking";
const TOOLS = "https://ai.google.dev/gemini-api/docs/tools";

/** What calls and answers of Google's protocols can state. */
export const GEMINI_STATES: { call: readonly LossKind[]; answer: readonly LossKind[] } = {
  call: [
    "candidates",
    "document-form",
    "file-reference",
    "hosted-tool",
    "image-form",
    "logprobs",
    "other-fields",
    "penalties",
    "reasoning-settings",
    "sampling",
    "schema-constraints",
    "seed",
    "service-tier",
    "stop-sequences",
    "thought",
    "tool-choice",
  ],
  answer: [
    "candidates",
    "citations",
    "hosted-tool",
    "image-form",
    "logprobs",
    "other-fields",
    "thought",
  ],
};

/** All that the writers of Google's protocols can report. */
export const GEMINI_LOSSES: { call: KnownLosses; answer: KnownLosses } = {
  call: {
    "cache-hint": {
      why: "Google caches long prefixes by itself; marks in the call have no field and are left out.",
      see: "https://ai.google.dev/gemini-api/docs/caching",
    },
    citations: {
      why: "The history holds no sources: the text stays, what it was quoted from is left out.",
      see: CONTENT,
    },
    "document-form": {
      why: "A document's name has no field in a call; the document itself is sent.",
      see: "https://ai.google.dev/api/caching#Blob",
    },
    "file-reference": {
      why: "A file kept at another provider cannot be opened by Google and is left out.",
      see: "https://ai.google.dev/gemini-api/docs/file-input-methods",
    },
    "hosted-tool": {
      why: "Other providers' own tools and their past calls are unknown to Google, and before Gemini 3 its own ones cannot stand beside functions: they are left out.",
      see: TOOLS,
    },
    "hosted-tool-options": {
      why: "Google's search takes no bounds, domains or place; it is used without them.",
      see: "https://ai.google.dev/gemini-api/docs/google-search",
    },
    "image-detail": {
      why: "The resolution of a single image has no stable field; the model's own is used.",
      see: "https://ai.google.dev/gemini-api/docs/media-resolution",
    },
    metadata: {
      why: "A call has no field for the client's own user.",
      see: REQUEST,
    },
    "other-fields": {
      why: "Fields that only the client's own protocol has are left out.",
      see: REQUEST,
    },
    "parallel-switch": {
      why: "Calling one tool at a time cannot be asked for; the model may call several.",
      see: CALLING,
    },
    "reasoning-settings": {
      why: "Models take a level or a range of budgets, and some cannot stop thinking: the nearest that the model has is used.",
      see: THINKING,
    },
    "schema-constraints": {
      why: "JSON Schema keywords that Google does not read, and an output format beside functions before Gemini 3, are left out.",
      see: "https://ai.google.dev/gemini-api/docs/structured-output",
    },
    "service-tier": {
      why: "Google has the tiers standard, flex and priority; others are left out.",
      see: REQUEST,
    },
    "stop-sequences": {
      why: "Google takes five stop sequences; the first five are sent.",
      see: CONFIG,
    },
    "strict-tools": {
      why: "A function has no switch for strict arguments.",
      see: CALLING,
    },
    thought: {
      why: "Encrypted thoughts of other providers, and any thoughts for models that do not think, are left out of the history.",
      see: "https://ai.google.dev/gemini-api/docs/thought-signatures",
    },
    verbosity: {
      why: "Length of the answer has no field but the bound on its tokens.",
      see: CONFIG,
    },
  },
  answer: {
    "file-reference": {
      why: "An image kept at another provider cannot be named in an answer.",
      see: CONTENT,
    },
    "hosted-tool": {
      why: "Calls of other providers' own tools have no part in an answer; searches, fetches and code have.",
      see: CONTENT,
    },
    "other-fields": {
      why: "Blocks that only another protocol has are left out.",
      see: CONTENT,
    },
    thought: {
      why: "Encrypted thoughts of other providers have no part.",
      see: THINKING,
    },
  },
};
