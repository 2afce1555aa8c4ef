import { fields } from "../../json-fields";

type Schema = Readonly<Record<string, unknown>>;

/** Told the name of a keyword whose constraint is lost. */
export type OnLoss = (keyword: string) => void;

/** What Google reads, and what its own schema also has. */
const KEPT = new Set([
  "$id",
  "$defs",
  "$ref",
  "$anchor",
  "type",
  "format",
  "title",
  "description",
  "enum",
  "items",
  "prefixItems",
  "minItems",
  "maxItems",
  "minimum",
  "maximum",
  "anyOf",
  "oneOf",
  "properties",
  "additionalProperties",
  "required",
  "propertyOrdering",
  "minLength",
  "maxLength",
  "pattern",
  "minProperties",
  "maxProperties",
  "default",
]);
/** They constrain nothing, so that nothing is lost without them. */
const REMARKS = new Set([
  "$schema",
  "$comment",
  "$vocabulary",
  "examples",
  "example",
  "deprecated",
  "readOnly",
  "writeOnly",
  "discriminator",
  "nullable",
  "contentEncoding",
  "contentMediaType",
]);

/**
 * A JSON Schema with the keywords that Google reads. Others are turned into one that says the same where
 * there is one; the rest is left out and told.
 * @see https://ai.google.dev/api/generate-content#FIELDS.response_json_schema
 */
export function googleJsonSchema(schema: Schema, onLoss: OnLoss): Record<string, unknown> {
  return converted(schema, onLoss);
}

/** A schema inside of another, where Google takes nothing beside a reference but what begins with `$`. */
function clean(value: unknown, onLoss: OnLoss): Record<string, unknown> {
  const out = converted(value, onLoss);
  if (!("$ref" in out)) return out;
  return Object.fromEntries(Object.entries(out).filter(([keyword]) => keyword.startsWith("$")));
}

function converted(value: unknown, onLoss: OnLoss): Record<string, unknown> {
  // `true` and `{}` both allow anything.
  const given = merged(fields(value), onLoss);
  const out: Record<string, unknown> = {};
  for (const [keyword, inner] of Object.entries(given)) {
    const convert = CONVERTED[keyword];
    if (convert) convert(out, inner, given, onLoss);
    else if (KEPT.has(keyword)) out[keyword] = inner;
    else if (!REMARKS.has(keyword)) onLoss(keyword);
  }
  // OpenAPI's flag, which many generators of schemas still write.
  if (given.nullable === true && typeof out.type === "string") out.type = [out.type, "null"];
  return out;
}

type Convert = (
  out: Record<string, unknown>,
  value: unknown,
  schema: Schema,
  onLoss: OnLoss,
) => void;

const CONVERTED: Readonly<Record<string, Convert>> = {
  const: (out, value, _, onLoss) => constant(out, value, onLoss),
  exclusiveMinimum: (out, value, schema, onLoss) => bound(out, "minimum", value, schema, onLoss),
  exclusiveMaximum: (out, value, schema, onLoss) => bound(out, "maximum", value, schema, onLoss),
  minimum: (out, value) => tighten(out, "minimum", value),
  maximum: (out, value) => tighten(out, "maximum", value),
  $ref: (out, value) => {
    const isText = typeof value === "string";
    out.$ref = isText ? value.replace("#/definitions/", "#/$defs/") : value;
  },
  definitions: (out, value, _, onLoss) => each(out, "$defs", value, onLoss),
  $defs: (out, value, _, onLoss) => each(out, "$defs", value, onLoss),
  properties: (out, value, _, onLoss) => each(out, "properties", value, onLoss),
  additionalProperties: (out, value, _, onLoss) => {
    out.additionalProperties = typeof value === "boolean" ? value : clean(value, onLoss);
  },
  items: (out, value, _, onLoss) => {
    // Drafts before 2020 list the items of a tuple here.
    if (Array.isArray(value)) out.prefixItems = value.map((one) => clean(one, onLoss));
    else out.items = clean(value, onLoss);
  },
  prefixItems: (out, value, _, onLoss) => all(out, "prefixItems", value, onLoss),
  anyOf: (out, value, _, onLoss) => all(out, "anyOf", value, onLoss),
  oneOf: (out, value, _, onLoss) => all(out, "anyOf" in out ? "oneOf" : "anyOf", value, onLoss),
};

function each(out: Record<string, unknown>, name: string, value: unknown, onLoss: OnLoss): void {
  const cleaned = Object.entries(fields(value)).map(([key, one]) => [key, clean(one, onLoss)]);
  out[name] = { ...fields(out[name]), ...Object.fromEntries(cleaned) };
}

function all(out: Record<string, unknown>, name: string, value: unknown, onLoss: OnLoss): void {
  if (Array.isArray(value)) out[name] = value.map((one) => clean(one, onLoss));
}

/** Google has enums of texts and numbers only. */
function constant(out: Record<string, unknown>, value: unknown, onLoss: OnLoss): void {
  if (typeof value === "string" || typeof value === "number") out.enum = [value];
  else if (value === null) out.type = "null";
  else onLoss("const");
}

/** The next whole number says the same for integers; for others the bound itself is the nearest. */
function bound(
  out: Record<string, unknown>,
  name: "minimum" | "maximum",
  value: unknown,
  { type }: Schema,
  onLoss: OnLoss,
): void {
  const keyword = name === "minimum" ? "exclusiveMinimum" : "exclusiveMaximum";
  // Draft 4 has a flag here, beside a bound that it sharpens.
  if (typeof value !== "number") {
    if (value === true) onLoss(keyword);
    return;
  }
  const isWhole = type === "integer";
  if (!isWhole) onLoss(keyword);
  const next = name === "minimum" ? Math.floor(value) + 1 : Math.ceil(value) - 1;
  tighten(out, name, isWhole ? next : value);
}

function tighten(out: Record<string, unknown>, name: "minimum" | "maximum", value: unknown): void {
  const before = out[name];
  const both = typeof before === "number" && typeof value === "number";
  if (!both) out[name] = value;
  else out[name] = name === "minimum" ? Math.max(before, value) : Math.min(before, value);
}

/** Google knows no `allOf`: its members become part of the schema where they do not contradict it. */
function merged(schema: Schema, onLoss: OnLoss): Schema {
  if (!Array.isArray(schema.allOf)) return schema;
  const { allOf, ...rest } = schema;
  const members: Schema[] = allOf.map((one: unknown) => merged(fields(one), onLoss));
  return members.reduce((sum, one) => join(sum, one, onLoss), rest);
}

function join(into: Schema, from: Schema, onLoss: OnLoss): Schema {
  const out: Record<string, unknown> = { ...into };
  for (const [keyword, value] of Object.entries(from)) {
    const before = out[keyword];
    if (before === undefined) out[keyword] = value;
    else if (keyword === "required" && Array.isArray(before) && Array.isArray(value)) {
      out.required = [...new Set([...before, ...value])];
    } else if (MAPS.has(keyword)) out[keyword] = { ...fields(value), ...fields(before) };
    else if (!isRemark(keyword) && JSON.stringify(before) !== JSON.stringify(value))
      onLoss("allOf");
  }
  return out;
}

const MAPS = new Set(["properties", "$defs", "definitions"]);

function isRemark(keyword: string): boolean {
  return REMARKS.has(keyword) || keyword === "title" || keyword === "description";
}
