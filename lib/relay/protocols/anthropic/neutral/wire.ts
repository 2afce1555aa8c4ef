import type { Extra } from "../../../neutral-blocks";

/** A JSON object of the Messages API. */
export type Json = Readonly<Record<string, unknown>>;

/** True for a JSON object (neither null nor an array). */
export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The array itself; an empty one for anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The strings of an array; null when it is none. */
export function stringsOrNull(value: unknown): string[] | null {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : null;
}

/** A finite number, or null. */
export function numberOrNull(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** What the neutral form has no word for, ready to be spread into a node; nothing when all is known. */
export function leftOver(raw: Json, known: readonly string[]): { extra?: Extra } {
  const names = Object.keys(raw).filter((name) => !known.includes(name));
  if (names.length === 0) return {};
  return { extra: own(Object.fromEntries(names.map((name) => [name, raw[name]]))) };
}

/** Fields of this protocol. With a `type` among them they are the whole block, not a rest of it. */
export function own(fields: Json): Extra {
  return { protocol: "anthropic", fields };
}

/** The fields that this protocol's reader kept; none of another protocol's. */
export function ownFields(extra: Extra | undefined): Json {
  return extra?.protocol === "anthropic" ? extra.fields : {};
}

/** The block exactly as it came, where the reader kept it whole; null elsewhere. */
export function keptWhole(extra: Extra | undefined): Json | null {
  const fields = ownFields(extra);
  return typeof fields.type === "string" ? fields : null;
}
