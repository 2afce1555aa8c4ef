/** What a cell of the matrix can lose. Each is listed, with its reason, per cell in the table of known losses. */
export const LOSS_KINDS = [
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
] as const;
export type LossKind = (typeof LOSS_KINDS)[number];

/** Something that could not be carried over; `detail` names the field or block, never its content. */
export interface Loss {
  kind: LossKind;
  detail: string;
}
