import { listOf, numberOf, objectOf, textOf } from "./json";

const MAX_DEPTH = 8;

/**
 * The smallest value that fits a JSON Schema: first enum value, required properties only (all of
 * them when none is required), one item per array. `$ref` into `$defs` is followed.
 */
export function sampleOf(schema: unknown, root: unknown = schema, depth = 0): unknown {
  const rule = resolve(objectOf(schema), root);
  if (depth > MAX_DEPTH) return null;
  if ("const" in rule) return rule.const;
  const choices = listOf(rule.enum);
  if (choices.length > 0) return choices[0];
  const variants = [...listOf(rule.anyOf), ...listOf(rule.oneOf)];
  if (variants.length > 0) return sampleOf(variants[0], root, depth + 1);
  const build = BY_TYPE[typeName(rule)];
  return build === undefined ? "sample" : build(rule, root, depth);
}

type Rule = Readonly<Record<string, unknown>>;
type Build = (rule: Rule, root: unknown, depth: number) => unknown;

const BY_TYPE: Readonly<Record<string, Build>> = {
  object: sampleObject,
  array: (rule, root, depth) => [sampleOf(rule.items, root, depth + 1)],
  string: (rule) => "sample".padEnd(numberOf(rule.minLength) ?? 0, "."),
  integer: (rule) => Math.ceil(numberOf(rule.minimum) ?? 1),
  number: (rule) => numberOf(rule.minimum) ?? 1,
  boolean: () => true,
  null: () => null,
};

function sampleObject(rule: Rule, root: unknown, depth: number): unknown {
  const properties = objectOf(rule.properties);
  const required = listOf(rule.required).map(textOf);
  const names = required.length > 0 ? required : Object.keys(properties);
  return Object.fromEntries(
    names.map((name) => [name, sampleOf(properties[name], root, depth + 1)]),
  );
}

function typeName(rule: Rule): string {
  const type = Array.isArray(rule.type) ? rule.type[0] : rule.type;
  if (typeof type === "string") return type.toLowerCase();
  return "properties" in rule ? "object" : "string";
}

function resolve(rule: Rule, root: unknown): Rule {
  const path = textOf(rule.$ref);
  if (!path.startsWith("#/")) return rule;
  const target = path
    .slice(2)
    .split("/")
    .reduce<unknown>((node, name) => objectOf(node)[name], root);
  return objectOf(target);
}
