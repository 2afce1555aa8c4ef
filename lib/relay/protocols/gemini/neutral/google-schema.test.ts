import { expect, it } from "vitest";
import { jsonSchemaOf, withPlainTypes } from "./google-schema";

it("writes Google's own schema as JSON Schema", () => {
  const schema = {
    type: "OBJECT",
    nullable: true,
    properties: { names: { type: "ARRAY", minItems: "2", items: { type: "STRING" } } },
    anyOf: [{ type: "OBJECT" }],
  };
  expect(jsonSchemaOf(schema)).toEqual({
    type: ["object", "null"],
    properties: { names: { type: "array", minItems: 2, items: { type: "string" } } },
    anyOf: [{ type: "object" }],
  });
  const either = { anyOf: [{ type: "STRING" }], nullable: true };
  expect(jsonSchemaOf(either)).toEqual({ anyOf: [{ type: "string" }, { type: "null" }] });
});

it("writes the types of a JSON Schema in small letters wherever a schema stands", () => {
  const one = { type: "STRING" };
  const schema = {
    type: ["OBJECT", "NULL"],
    properties: { type: one, any: true },
    items: [one, { type: "INTEGER" }],
    additionalProperties: one,
    anyOf: [one],
    prefixItems: [one],
    $defs: { Deep: { type: "ARRAY", items: one } },
  };
  const small = { type: "string" };
  expect(withPlainTypes(schema)).toEqual({
    type: ["object", "null"],
    properties: { type: small, any: true },
    items: [small, { type: "integer" }],
    additionalProperties: small,
    anyOf: [small],
    prefixItems: [small],
    $defs: { Deep: { type: "array", items: small } },
  });
});

it("leaves the values in a schema as they are, even those that look like one", () => {
  const schema = {
    type: "object",
    enum: ["STRING", { type: "STRING" }],
    default: { type: "OBJECT" },
    const: { type: "OBJECT" },
    required: ["TYPE"],
    additionalProperties: false,
    description: "STRING",
  };
  expect(withPlainTypes(schema)).toEqual(schema);
});
