import { Refusal } from "../call";
import { isObject, type Json } from "../json";
import { MESSAGES } from "./messages";

/**
 * Reads proto JSON as Google does: both spellings of a field name, a lone value for a list, numbers
 * as strings. Answers the same data with camelCase names only.
 * @throws Refusal with all violations at once, as the API words them.
 */
export function readProto(value: Json, message: string): Json {
  const violations: Violation[] = [];
  const read = readMessage(value, message, "", violations);
  if (violations.length === 0) return read;
  const text = violations.map((violation) => violation.description).join("\n");
  throw new Refusal(400, text, null, [
    { "@type": "type.googleapis.com/google.rpc.BadRequest", fieldViolations: violations },
  ]);
}

interface Violation {
  field?: string;
  description: string;
}

function readMessage(value: Json, message: string, path: string, found: Violation[]): Json {
  const fields = MESSAGES[message] ?? {};
  const read: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    const camel = name in fields ? name : camelCase(name);
    const type = fields[camel];
    if (type === undefined) {
      found.push(unknownName(name, path, "Cannot find field."));
      continue;
    }
    if (inner === null || inner === undefined) continue;
    read[camel] = readField(
      inner,
      type,
      { name, path: join(path, snakeCase(camel)), in: path },
      found,
    );
  }
  return read;
}

interface Place {
  name: string;
  path: string;
  /** Path of the message that the field is in. */
  in: string;
}

function readField(value: unknown, type: string, place: Place, found: Violation[]): unknown {
  if (type.startsWith("[")) {
    const items = Array.isArray(value) ? value : [value];
    return items.map((item, index) =>
      readField(item, type.slice(1, -1), { ...place, path: `${place.path}[${index}]` }, found),
    );
  }
  if (type === "json") return value;
  if (Array.isArray(value)) {
    found.push(
      unknownName(place.name, place.in, "Proto field is not repeating, cannot start list."),
    );
    return null;
  }
  if (type.startsWith("{")) return readMap(value, type.slice(1, -1), place, found);
  if (type in MESSAGES) {
    if (isObject(value)) return readMessage(value, type, place.path, found);
    found.push(
      invalidValue(value, place, `type.googleapis.com/google.ai.generativelanguage.v1beta.${type}`),
    );
    return null;
  }
  return readScalar(value, type, place, found);
}

function readMap(value: unknown, type: string, place: Place, found: Violation[]): unknown {
  if (!isObject(value)) {
    found.push(invalidValue(value, place, "Map"));
    return null;
  }
  const entries = Object.entries(value).map(([key, inner], index) => {
    const path = `${place.path}[${index}].value`;
    return [key, readField(inner, type, { name: "value", path, in: path }, found)];
  });
  return Object.fromEntries(entries);
}

const SCALARS: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string",
  bytes: (value) => typeof value === "string" && /^[\w+/-]*={0,2}$/.test(value),
  bool: (value) => typeof value === "boolean",
  number: (value) => value !== "" && typeof value !== "object" && Number.isFinite(Number(value)),
};

function readScalar(value: unknown, type: string, place: Place, found: Violation[]): unknown {
  if (SCALARS[type]?.(value) === true) return type === "number" ? Number(value) : value;
  // Enum members may be given as numbers, and an object where a scalar belongs is named as such.
  if (isObject(value)) {
    found.push(
      unknownName(place.name, place.in, "Proto field is not a message, cannot set subfield."),
    );
  } else {
    found.push(invalidValue(value, place, `TYPE_${type.toUpperCase()}`));
  }
  return null;
}

function unknownName(name: string, path: string, reason: string): Violation {
  const at = path === "" ? "" : ` at '${path}'`;
  const description = `Invalid JSON payload received. Unknown name "${name}"${at}: ${reason}`;
  return path === "" ? { description } : { field: path, description };
}

function invalidValue(value: unknown, place: Place, type: string): Violation {
  return {
    field: place.path,
    description: `Invalid value at '${place.path}' (${type}), ${JSON.stringify(value)}`,
  };
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

function camelCase(name: string): string {
  return name.replace(/(?!^)_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
