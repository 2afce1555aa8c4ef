import { isObject, type Json, listOf, objectOf, textOf } from "../json";
import { invalid } from "./failure";

const FORBIDDEN = ["oneOf", "allOf", "not", "dependentRequired", "if", "then", "else"];

/**
 * What structured outputs want of a schema: an object at the root; every object closed, with all of
 * its properties required.
 * @see https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
 */
export function checkStrictSchema(schema: unknown, name: string, param: string): void {
  const root = objectOf(schema);
  if (root.type !== "object") {
    const type = root.type === undefined ? "None" : textOf(root.type);
    throw wrong(
      name,
      param,
      [],
      `schema must be a JSON Schema of 'type: "object"', got 'type: "${type}"'.`,
    );
  }
  checkNode(root, [], name, param);
}

function checkNode(node: Json, path: readonly string[], name: string, param: string): void {
  const forbidden = FORBIDDEN.find((keyword) => keyword in node);
  if (forbidden !== undefined) {
    throw wrong(name, param, path, `'${forbidden}' is not permitted.`);
  }
  const types = Array.isArray(node.type) ? node.type : [node.type];
  if (types.includes("object") || isObject(node.properties)) {
    checkObject(node, path, name, param);
  }
  for (const [key, inner] of childrenOf(node)) {
    checkNode(objectOf(inner), [...path, ...key], name, param);
  }
}

function checkObject(node: Json, path: readonly string[], name: string, param: string): void {
  if (node.additionalProperties !== false) {
    throw wrong(
      name,
      param,
      path,
      "'additionalProperties' is required to be supplied and to be false.",
    );
  }
  const required = listOf(node.required).map(textOf);
  const properties = Object.keys(objectOf(node.properties));
  const missing = properties.find((property) => !required.includes(property));
  if (missing !== undefined) {
    throw wrong(
      name,
      param,
      path,
      `'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'.`,
    );
  }
  const extra = required.find((property) => !properties.includes(property));
  if (extra === undefined) return;
  throw wrong(name, param, path, `Extra required key '${extra}' supplied.`);
}

function childrenOf(node: Json): [path: string[], inner: unknown][] {
  const named = (field: string): [string[], unknown][] =>
    Object.entries(objectOf(node[field])).map(([key, inner]) => [[field, key], inner]);
  const listed: [string[], unknown][] = listOf(node.anyOf).map((inner, index) => [
    ["anyOf", String(index)],
    inner,
  ]);
  const items: [string[], unknown][] = node.items === undefined ? [] : [[["items"], node.items]];
  return [...named("properties"), ...named("$defs"), ...named("definitions"), ...listed, ...items];
}

function wrong(name: string, param: string, path: readonly string[], reason: string): Error {
  const place = path.map((part) => `'${part}'`).join(", ");
  const context = `In context=(${place}${path.length === 1 ? "," : ""}), `;
  const text = reason.startsWith("schema must") ? reason : context + reason;
  const code = name.startsWith("function") ? "invalid_function_parameters" : "invalid_json_schema";
  return invalid(`Invalid schema for ${name}: ${text}`, param, code);
}
