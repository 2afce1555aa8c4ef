import { fields } from "../../json-fields";

/** A message of Google's, its field names all in camelCase. */
export type Message = Readonly<Record<string, unknown>>;

/**
 * A message's fields by their camelCase names: proto JSON takes both spellings of every name. Only this
 * one level is renamed, for maps and schemas below it have names of their own.
 * @see https://protobuf.dev/programming-guides/json/
 */
export function message(value: unknown): Message {
  const given = fields(value);
  if (!Object.keys(given).some(isSnake)) return given;
  return Object.fromEntries(
    Object.entries(given).map(([name, inner]) => [isSnake(name) ? camel(name) : name, inner]),
  );
}

/** A repeated field, which may be given as its one element; null and nothing are an empty list. */
export function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/** A number, which proto JSON also takes as a string; null for anything else. */
export function numberOrNull(value: unknown): number | null {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

/** The message without the named fields and without those that state nothing. */
export function without(given: Message, names: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).filter(([name, value]) => !names.has(name) && isStated(value)),
  );
}

/** The message without the fields that state nothing. */
export function stated(given: Message): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => isStated(value)));
}

function isStated(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isSnake(name: string): boolean {
  return name.includes("_", 1);
}

function camel(name: string): string {
  return name.replace(/(?!^)_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
