import type { ProtocolId } from "../model";
import type { Extra } from "../neutral-blocks";

export type Fields = Readonly<Record<string, unknown>>;

/** How the reader and the writer of one protocol keep what the neutral form has no word for. */
export function extrasOf(protocol: ProtocolId) {
  return {
    /** To be spread into a node; nothing when there is nothing to keep. */
    kept(fields: Fields): { extra?: Extra } {
      return Object.keys(fields).length > 0 ? { extra: { protocol, fields } } : {};
    },
    /** An extra of this protocol, even an empty one: its node came from here. */
    ownExtra: (fields: Fields): Extra => ({ protocol, fields }),
    /** Did this node come from a reader of this protocol? */
    isOwn: (extra: Extra | undefined): boolean => extra?.protocol === protocol,
    /** What a reader of this protocol kept on a node; empty for nodes of another protocol. */
    ownFields: (extra: Extra | undefined): Fields =>
      extra?.protocol === protocol ? extra.fields : {},
    /** The names of what another protocol's reader kept on a node, bookkeeping left out; null for none. */
    foreignNames(extra: Extra | undefined): string | null {
      if (!extra || extra.protocol === protocol) return null;
      const names = Object.keys(extra.fields).filter((name) => !HARMLESS.has(name));
      return names.join(", ") || null;
    },
  };
}

/** Names or dates a node, and asks for nothing. */
const HARMLESS: ReadonlySet<string> = new Set(["id", "status", "object", "type", "index", "phase"]);

/** All fields but those named. */
export function without(given: Fields, ...names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(given).filter(([name]) => !names.includes(name)));
}

/** The fields that are neither null nor missing. */
export function stated(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  );
}
