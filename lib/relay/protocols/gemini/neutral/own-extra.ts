import type { Extra } from "../../../neutral-blocks";

/** Both of Google's protocols carry the same messages, so what one kept the other puts back. */
const OWN = "gemini";

/** What the neutral form has no word for, to be spread into its node; nothing when there is nothing. */
export function kept(fields: Readonly<Record<string, unknown>>): { extra?: Extra } {
  return Object.keys(fields).length > 0 ? { extra: { protocol: OWN, fields } } : {};
}

/** What a reader of Google's messages kept on a node; empty for nodes of another protocol. */
export function ownFields(extra: Extra | undefined): Readonly<Record<string, unknown>> {
  return extra?.protocol === OWN ? extra.fields : {};
}

/**
 * Names that tell nothing beyond what the neutral form says already: ids and states of items, the name
 * and type of a tool whose kind is known, and the wish to load a tool later, which is granted at once.
 */
const BOOKKEEPING = new Set(["id", "type", "name", "status", "caller", "defer_loading"]);

/** The names of what another protocol's reader kept on a node; null when there is none. */
export function foreignNames(extra: Extra | undefined): string | null {
  if (!extra || extra.protocol === OWN) return null;
  const names = Object.keys(extra.fields).filter((name) => !BOOKKEEPING.has(name));
  return names.join(", ") || null;
}
