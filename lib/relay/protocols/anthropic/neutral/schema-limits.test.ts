import { expect, it } from "vitest";
import { limitSchema } from "./schema-limits";

it("closes objects and drops what cannot be enforced", () => {
  const { schema, dropped } = limitSchema({
    type: "object",
    properties: {
      minimum: { type: "number", minimum: 1, description: "how many" },
      list: { type: "array", items: { oneOf: [{ type: "string", format: "color" }] }, minItems: 2 },
      when: { type: "string", format: "date", enum: ["a"], default: { maxLength: 3 } },
    },
    required: ["minimum"],
  });
  expect(schema).toEqual({
    type: "object",
    properties: {
      minimum: { type: "number", description: "how many" },
      list: { type: "array", items: { anyOf: [{ type: "string" }] } },
      when: { type: "string", format: "date", enum: ["a"], default: { maxLength: 3 } },
    },
    required: ["minimum"],
    additionalProperties: false,
  });
  expect(dropped).toEqual(["minimum", "format", "minItems"]);
});

it("takes definitions, but none that lead back to themselves, to the root or outside", () => {
  const node = (ref: string) => ({
    type: "object",
    properties: { a: { $ref: "#/$defs/a" }, again: { $ref: "#/$defs/a" } },
    $defs: { a: { type: "array", items: { $ref: ref } }, b: { type: "string" } },
  });
  expect(limitSchema(node("#/$defs/b")).schema).toMatchObject({ additionalProperties: false });
  for (const ref of ["#/$defs/a", "#", "https://a.test/schema"]) {
    expect(limitSchema(node(ref)).schema).toBeNull();
  }
});

it("says no to maps, whose names are open", () => {
  const map = { type: "object", additionalProperties: { type: "string" } };
  expect(limitSchema({ type: "object", properties: { map } }).schema).toBeNull();
  expect(limitSchema({ type: "object" }).schema).toBeNull();
  expect(limitSchema({ type: "object", additionalProperties: false }).schema).not.toBeNull();
});

it("follows each definition once, however often others name it", () => {
  const level = (i: number) => ({ anyOf: [{ $ref: `#/$defs/d${i}` }, { $ref: `#/$defs/d${i}` }] });
  const $defs = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`d${i}`, level(i + 1)]));
  const schema = { ...level(0), $defs: { ...$defs, d60: { type: "string" } } };
  expect(limitSchema(schema).schema).not.toBeNull();
});
