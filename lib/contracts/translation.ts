import { z } from "zod";

/** The formats of the matrix: those that clients and upstreams are translated between. */
export const MATRIX_FORMATS = ["anthropic", "openai-chat", "openai-responses", "gemini"] as const;
export const MatrixFormat = z.enum(MATRIX_FORMATS);
export type MatrixFormat = z.output<typeof MatrixFormat>;

const LostKind = z.enum([
  "cache-hint",
  "candidates",
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
  "penalties",
  "reasoning-settings",
  "sampling",
  "schema-constraints",
  "seed",
  "service-tier",
  "state",
  "stop-sequences",
  "strict-tools",
  "thought",
  "tool-choice",
  "verbosity",
]);

export const KnownLossLine = z.object({
  kind: LostKind,
  /** What is lost and what becomes of it; technical, and in English only. */
  why: z.string(),
  /** The provider's own documentation. */
  see: z.url(),
});
export type KnownLossLine = z.output<typeof KnownLossLine>;

/** What one pair of a client's and an upstream's format can lose. */
export const TranslationCell = z.object({
  face: MatrixFormat,
  upstream: MatrixFormat,
  /** On the way to the upstream. */
  call: z.array(KnownLossLine),
  /** On the way back. */
  answer: z.array(KnownLossLine),
});
export type TranslationCell = z.output<typeof TranslationCell>;

/** Every pair of different formats; where both are the same, bytes pass. */
export const TranslationMatrix = z.object({ cells: z.array(TranslationCell) });
export type TranslationMatrix = z.output<typeof TranslationMatrix>;
