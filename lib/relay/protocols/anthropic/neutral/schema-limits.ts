import { isObject, type Json, listOf } from "./wire";

/** Constraints that Anthropic's schema-bound output refuses; without them the schema only allows more. */
const DROPPED = new Set(
  [
    "minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength maxItems",
    "uniqueItems minProperties maxProperties contains minContains maxContains propertyNames",
    "patternProperties dependentRequired dependentSchemas unevaluatedProperties not if then else",
  ].flatMap((line) => line.split(" ")),
);

const FORMATS = new Set(
  "date-time time date duration email hostname uri ipv4 ipv6 uuid".split(" "),
);

/** Keywords under which names, not keywords, lie. */
const BY_NAME = new Set(["properties", "$defs", "definitions"]);
/** Keywords under which values, not schemas, lie. */
const VALUES = new Set([
  "enum",
  "const",
  "default",
  "examples",
  "required",
  "description",
  "title",
]);

interface LimitedSchema {
  /** null when the schema cannot be said at all: it is recursive, or has objects with free names. */
  schema: Json | null;
  /** Constraints that had to go. */
  dropped: readonly string[];
}

/**
 * A schema as Anthropic's structured outputs and strict tools take it: closed objects, no bounds on
 * numbers, texts and lists, `anyOf` in place of `oneOf`.
 * @see https://docs.claude.com/en/docs/build-with-claude/structured-outputs#json-schema-limitations
 */
export function limitSchema(schema: Json): LimitedSchema {
  const dropped = new Set<string>();
  let sayable = !isRecursive(schema);
  const limit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(limit);
    if (!isObject(value)) return value;
    if (hasFreeNames(value)) sayable = false;
    const entries = Object.entries(value).flatMap(([key, inner]) => limitKey(key, inner));
    const limited = Object.fromEntries(entries);
    return isObjectSchema(value) ? { ...limited, additionalProperties: false } : limited;
  };
  const limitKey = (key: string, inner: unknown): [string, unknown][] => {
    if (isRefused(key, inner)) {
      dropped.add(key);
      return [];
    }
    if (VALUES.has(key)) return [[key, inner]];
    if (BY_NAME.has(key) && isObject(inner)) return [[key, mapValues(inner, limit)]];
    return [[key === "oneOf" ? "anyOf" : key, limit(inner)]];
  };
  const limited = limit(schema);
  return { schema: sayable && isObject(limited) ? limited : null, dropped: [...dropped] };
}

function mapValues(value: Json, change: (inner: unknown) => unknown): Json {
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, change(inner)]));
}

function isRefused(key: string, value: unknown): boolean {
  if (key === "minItems") return value !== 0 && value !== 1;
  if (key === "format") return !FORMATS.has(String(value));
  return DROPPED.has(key);
}

function isObjectSchema({ type, properties }: Json): boolean {
  return type === "object" || listOf(type).includes("object") || isObject(properties);
}

/** A map: an object whose names the schema leaves open, and says nothing else of. */
function hasFreeNames(value: Json): boolean {
  if (!isObjectSchema(value) || isObject(value.properties))
    return isObject(value.additionalProperties);
  return value.additionalProperties !== false;
}

/** Does a definition lead back to itself, to the root, or outside? */
function isRecursive(schema: Json): boolean {
  // Definitions known to lead nowhere: each is followed once, however often it is named.
  const ended = new Set<string>();
  const leadsBack = (ref: string, path: readonly string[]): boolean => {
    if (ended.has(ref)) return false;
    const target = definitionOf(schema, ref);
    if (target === null || path.includes(ref) || visit(target, [...path, ref])) return true;
    ended.add(ref);
    return false;
  };
  const visit = (value: unknown, path: readonly string[]): boolean => {
    if (Array.isArray(value)) return value.some((inner) => visit(inner, path));
    if (!isObject(value)) return false;
    const { $ref, $defs, definitions, ...rest } = value;
    if (typeof $ref === "string" && leadsBack($ref, path)) return true;
    return Object.values(rest).some((inner) => visit(inner, path));
  };
  return visit(schema, []);
}

/** null for the root itself and for what lies outside. */
function definitionOf(schema: Json, ref: string): Json | null {
  const [, where, name] = /^#\/(\$defs|definitions)\/(.+)$/.exec(ref) ?? [];
  const group = where ? schema[where] : null;
  const found = name && isObject(group) ? group[name] : null;
  return isObject(found) ? found : null;
}
