/** A JSON object of unknown content. */
export type Json = Readonly<Record<string, unknown>>;

/** True for a JSON object (neither null nor an array). */
export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object itself, or an empty one for anything else. */
export function objectOf(value: unknown): Json {
  return isObject(value) ? value : {};
}

/** The array itself, or an empty one for anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The string itself, or "" for anything else. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The finite number itself, or null for anything else. */
export function numberOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** Every string found in a JSON value, in document order, joined by line breaks. */
export function stringsIn(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const inner = Array.isArray(value) ? value : Object.values(objectOf(value));
  return inner
    .map(stringsIn)
    .filter((text) => text !== "")
    .join("\n");
}
