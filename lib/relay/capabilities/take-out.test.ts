import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decode, encode } from "../stream/bytes";
import type { Removal } from "./removal";
import { takeOut } from "./take-out";

const field = (path: string): Removal => ({ kind: "field", path });
const without = (body: string, path: string) => decode(takeOut(encode(body), field(path)));

describe("takes a field out and leaves every other byte", () => {
  it.each([
    ['{"a":1,"x":2,"b":3}', "x", '{"a":1,"b":3}'],
    ['{"x":{"y":[1,{"x":1}]},"b":3}', "x", '{"b":3}'],
    ['{ "a" : 1.0 , "x" : "},{" }', "x", '{ "a" : 1.0  }'],
    ['{\n  "x": 1\n}\n', "x", "{\n  \n}\n"],
    ['\ufeff{"x":1,"big":12345678901234567890}', "x", '{"big":12345678901234567890}'],
    ['{"o":{"x":1,"y":"é"}}', "o.x", '{"o":{"y":"é"}}'],
    ['{"o":"x","a":"\\"x\\""}', "o.x", '{"o":"x","a":"\\"x\\""}'],
    [
      '{"tools":[{"name":"a","x":1},{"x":2},{"name":"x"}]}',
      "tools.*.x",
      '{"tools":[{"name":"a"},{},{"name":"x"}]}',
    ],
    // Google takes two spellings, and answers in one.
    [
      '{"generationConfig":{"topC":1,"topP":2}}',
      "generation_config.top_c",
      '{"generationConfig":{"topP":2}}',
    ],
  ])("%s without %s", (body, path, left) => {
    expect(without(body, path)).toBe(left);
  });
});

describe("reads a word of a path as an object's type where it is no field", () => {
  it.each([
    ['{"a":1,"thinking":{"type":"adaptive","display":"x"}}', "thinking.adaptive", '{"a":1}'],
    [
      '{"thinking":{"type":"enabled"},"a":"adaptive"}',
      "thinking.adaptive",
      '{"thinking":{"type":"enabled"},"a":"adaptive"}',
    ],
    [
      '{"tools":[{"name":"a","strict":true},{"type":"custom","strict":true},{"type":"bash_1","strict":true}]}',
      "tools.*.custom.strict",
      '{"tools":[{"name":"a"},{"type":"custom"},{"type":"bash_1","strict":true}]}',
    ],
    [
      '{"messages":[{"content":"text"},{"content":[{"type":"text","text":"foo","foo":1}]}]}',
      "messages.*.content.*.text.foo",
      '{"messages":[{"content":"text"},{"content":[{"type":"text","text":"foo"}]}]}',
    ],
    [
      '{"tools":[{"type":"function","function":{"name":"a","strict":true}}]}',
      "tools.*.function.strict",
      '{"tools":[{"type":"function","function":{"name":"a"}}]}',
    ],
    [
      '{"system":[{"cache_control":{"type":"ephemeral","scope":"global"}}]}',
      "system.*.cache_control.ephemeral.scope",
      '{"system":[{"cache_control":{"type":"ephemeral"}}]}',
    ],
  ])("%s without %s", (body, path, left) => {
    expect(without(body, path)).toBe(left);
  });
});

it("answers the same bytes when there is nothing to take out, or nothing can be found", () => {
  const bodies = ['{"a":1}', '{"a":"\\"x\\":1"}', '{"x"', '{"o":{"x" 1}}', "", "[]", '"x"'];
  for (const body of bodies) {
    const bytes = encode(body);
    for (const path of ["x", "o.x", "a.*.x"]) expect(takeOut(bytes, field(path))).toBe(bytes);
  }
});

it("does not take out an object that holds what the answer is read by", () => {
  const body = '{"output_config":{"effort":"high","format":{"type":"json_schema"}}}';
  expect(without(body, "output_config")).toBe(body);
  expect(without('{"output_config":{"effort":"high"}}', "output_config")).toBe("{}");
});

it("renames a field at the top, and drops it where the new name stands already", () => {
  const rename: Removal = { kind: "rename", path: "max_tokens", to: "max_completion_tokens" };
  const renamed = (body: string) => decode(takeOut(encode(body), rename));
  expect(renamed('{"max_tokens": 5,"o":{"max_tokens":1}}')).toBe(
    '{"max_completion_tokens": 5,"o":{"max_tokens":1}}',
  );
  expect(renamed('{"max_tokens":5,"max_completion_tokens":6}')).toBe('{"max_completion_tokens":6}');
});

it("takes nothing out of a body for a flag of the header", () => {
  const bytes = encode('{"x":1}');
  expect(takeOut(bytes, { kind: "beta", name: "x" })).toBe(bytes);
});

it("does what deleting the key does, for any object", () => {
  const key = fc.constantFrom("x", "y", "a b", 'q"', "é", "\\");
  const keys = fc.dictionary(key, fc.jsonValue({ maxDepth: 3 }));
  fc.assert(
    fc.property(keys, fc.constantFrom(undefined, 1, "\t"), (object, indent) => {
      const { x: _, ...rest } = object;
      const bytes = takeOut(encode(JSON.stringify(object, null, indent)), field("x"));
      expect(JSON.parse(decode(bytes))).toEqual(JSON.parse(JSON.stringify(rest)));
    }),
    { numRuns: 500 },
  );
});
