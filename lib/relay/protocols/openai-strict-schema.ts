import { fields } from "./json-fields";

/**
 * Does a schema keep the rules of strict mode? Every object lists all of its properties as required and
 * allows no others.
 * @see https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
 */
export function isStrictSchema(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isStrictSchema);
  if (typeof schema !== "object" || schema === null) return true;
  const given = fields(schema);
  return isClosed(given) && Object.values(given).every(isStrictSchema);
}

function isClosed(schema: Readonly<Record<string, unknown>>): boolean {
  const isObject = schema.type === "object" || [schema.type].flat().includes("object");
  if (!isObject) return true;
  const required = Array.isArray(schema.required) ? schema.required : [];
  const all = Object.keys(fields(schema.properties)).every((name) => required.includes(name));
  return schema.additionalProperties === false && all;
}
