import { expect, it } from "vitest";
import { jsonSchemaOf } from "./google-schema";
import { googleJsonSchema } from "./json-schema";

function cleaned(schema: Record<string, unknown>) {
  const lost: string[] = [];
  return { schema: googleJsonSchema(schema, (keyword) => lost.push(keyword)), lost };
}

it("leaves what Google reads as it is", () => {
  const schema = {
    type: "object",
    title: "Order",
    properties: {
      tags: { type: "array", items: { type: "string" }, minItems: 1, maxItems: 3 },
      pair: { type: "array", prefixItems: [{ type: "string" }, { type: "number" }] },
      size: { type: ["integer", "null"], minimum: 1, maximum: 9 },
      kind: { anyOf: [{ type: "string", enum: ["a", "b"] }, { type: "null" }] },
      when: { type: "string", format: "date-time", description: "ISO" },
    },
    required: ["tags"],
    additionalProperties: { type: "string" },
  };
  expect(cleaned(schema)).toEqual({ schema, lost: [] });
});

it("says the same in other words where there are some", () => {
  const { schema, lost } = cleaned({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    properties: {
      one: { const: "x" },
      nothing: { const: null },
      more: { type: "integer", exclusiveMinimum: 0, exclusiveMaximum: 10, minimum: -5 },
      either: { oneOf: [{ type: "string" }, { type: "number" }] },
      any: true,
      maybe: { type: "string", nullable: true },
      ref: { $ref: "#/definitions/Leaf", description: "a leaf" },
    },
    definitions: { Leaf: { type: "string", examples: ["a"] } },
    allOf: [
      { properties: { both: { type: "string" } }, required: ["both"] },
      { required: ["one", "both"] },
    ],
  });
  expect(schema).toEqual({
    properties: {
      one: { enum: ["x"] },
      nothing: { type: "null" },
      more: { type: "integer", minimum: 1, maximum: 9 },
      either: { anyOf: [{ type: "string" }, { type: "number" }] },
      any: {},
      maybe: { type: ["string", "null"] },
      ref: { $ref: "#/$defs/Leaf" },
      both: { type: "string" },
    },
    $defs: { Leaf: { type: "string" } },
    required: ["both", "one"],
  });
  expect(lost).toEqual([]);
});

it("names each constraint that has no other words", () => {
  const { schema, lost } = cleaned({
    type: "object",
    properties: {
      part: { type: "number", exclusiveMinimum: 0, multipleOf: 0.5 },
      flag: { const: true },
      list: { type: "array", items: [{ type: "string" }], uniqueItems: true },
    },
    patternProperties: { "^x": { type: "string" } },
    not: { required: ["y"] },
    allOf: [{ type: "array" }],
  });
  expect(schema).toEqual({
    type: "object",
    properties: {
      part: { type: "number", minimum: 0 },
      flag: {},
      list: { type: "array", prefixItems: [{ type: "string" }] },
    },
  });
  expect(lost.sort()).toEqual([
    "allOf",
    "const",
    "exclusiveMinimum",
    "multipleOf",
    "not",
    "patternProperties",
    "uniqueItems",
  ]);
});

it("takes a property for no keyword, whatever its name", () => {
  const properties = {
    const: { type: "string" },
    not: { type: "string" },
    $ref: { type: "string" },
  };
  expect(cleaned({ properties })).toEqual({ schema: { properties }, lost: [] });
});

it("reads Google's own schema in both spellings", () => {
  expect(
    jsonSchemaOf({
      type: "OBJECT",
      properties: {
        a: { type: "STRING", nullable: true, min_length: "2" },
        b: { type: "ARRAY", items: { type: "INTEGER" }, maxItems: "4" },
        c: { any_of: [{ type: "STRING" }, { type: "NUMBER" }], nullable: true },
      },
      property_ordering: ["a", "b"],
      nullable: false,
    }),
  ).toEqual({
    type: "object",
    properties: {
      a: { type: ["string", "null"], minLength: 2 },
      b: { type: "array", items: { type: "integer" }, maxItems: 4 },
      c: { anyOf: [{ type: "string" }, { type: "number" }, { type: "null" }] },
    },
    propertyOrdering: ["a", "b"],
  });
});
