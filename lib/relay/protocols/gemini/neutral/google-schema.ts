import { fields } from "../../json-fields";
import { list, type Message, message, numberOrNull } from "./proto-fields";

/** Numbers that Google's schema may state as strings. */
const COUNTS = new Set([
  "maxItems",
  "minItems",
  "minLength",
  "maxLength",
  "minProperties",
  "maxProperties",
]);

/**
 * Google's own schema as the JSON Schema that it means: types are written in capitals, and null is a
 * flag of its own.
 * @see https://ai.google.dev/api/caching#Schema
 */
export function jsonSchemaOf(value: unknown): Record<string, unknown> {
  const schema: Record<string, unknown> = {};
  const given = message(value);
  for (const [name, inner] of Object.entries(given)) {
    if (inner === null || inner === undefined || name === "nullable") continue;
    schema[name] = COUNTS.has(name) ? (numberOrNull(inner) ?? inner) : member(name, inner);
  }
  return given.nullable === true ? nullable(schema) : schema;
}

function member(name: string, value: unknown): unknown {
  if (name === "type") return typeof value === "string" ? value.toLowerCase() : value;
  if (name === "items") return jsonSchemaOf(value);
  if (name === "anyOf") return list(value).map(jsonSchemaOf);
  if (name !== "properties") return value;
  return Object.fromEntries(
    Object.entries(fields(value)).map(([key, inner]) => [key, jsonSchemaOf(inner)]),
  );
}

function nullable(schema: Message): Record<string, unknown> {
  const { type, anyOf } = schema;
  if (typeof type === "string") return { ...schema, type: [type, "null"] };
  if (Array.isArray(anyOf)) return { ...schema, anyOf: [...anyOf, { type: "null" }] };
  return { ...schema };
}

/** Keywords of JSON Schema that hold one schema, a list of them, or one under each name. */
const ONE = new Set(["items", "additionalProperties", "not", "if", "then", "else", "contains"]);
const LISTED = new Set(["anyOf", "oneOf", "allOf", "prefixItems"]);
const NAMED = new Set(["properties", "patternProperties", "$defs", "definitions"]);

/**
 * A JSON Schema with its types in small letters: Google takes its own capitals there, too (gemini-cli
 * writes them), other makers refuse them. Everything else stays as it is.
 */
export function withPlainTypes(schema: Message): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => [keyword, plainMember(keyword, value)]),
  );
}

function plainMember(keyword: string, value: unknown): unknown {
  if (keyword === "type") return Array.isArray(value) ? value.map(small) : small(value);
  if (LISTED.has(keyword) || Array.isArray(value)) return plainList(keyword, value);
  if (ONE.has(keyword)) return plainInner(value);
  if (!NAMED.has(keyword)) return value;
  const inner = Object.entries(fields(value)).map(([name, one]) => [name, plainInner(one)]);
  return Object.fromEntries(inner);
}

/** Drafts before 2020 list the items of a tuple; other lists, such as an enum's, are values. */
function plainList(keyword: string, value: unknown): unknown {
  const holdsSchemas = LISTED.has(keyword) || ONE.has(keyword);
  return holdsSchemas && Array.isArray(value) ? value.map(plainInner) : value;
}

/** `true` and `false` are schemas, too. */
function plainInner(value: unknown): unknown {
  return typeof value === "object" && value !== null ? withPlainTypes(fields(value)) : value;
}

function small(type: unknown): unknown {
  return typeof type === "string" ? type.toLowerCase() : type;
}
