import { expect, it } from "vitest";
import { sampleOf } from "./schema-sample";

it.each([
  [{ enum: ["x", "y"] }, "x"],
  [{ const: 3 }, 3],
  [{ type: "STRING", minLength: 8 }, "sample.."],
  [{ type: ["integer", "null"], minimum: 4 }, 4],
  [{ type: "array", items: { type: "boolean" } }, [true]],
  [{ anyOf: [{ type: "null" }, { type: "string" }] }, null],
  [{ properties: { a: { type: "number" }, b: {} }, required: ["a"] }, { a: 1 }],
  [{ $ref: "#/$defs/kind", $defs: { kind: { enum: ["deep"] } } }, "deep"],
])("fills %j", (schema, value) => {
  expect(sampleOf(schema)).toEqual(value);
});

it("ends on a schema that contains itself", () => {
  const schema = { type: "object", properties: { next: { $ref: "#" } } };
  expect(JSON.stringify(sampleOf(schema)).length).toBeLessThan(200);
});
