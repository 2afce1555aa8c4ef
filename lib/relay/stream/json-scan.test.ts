import fc from "fast-check";
import { expect, it } from "vitest";
import { encode } from "./bytes";
import { BODY_LIMITS, elementSpans, jsonPaths, parseSpan, scanJson } from "./json-scan";
import { spliceString } from "./splice";

const PATHS = jsonPaths("model", "stream", "metadata.user_id", "a", "b.c", "messages");

const read = (text: string) => {
  const bytes = encode(text);
  const found = scanJson(bytes, PATHS);
  return Object.fromEntries([...found].map(([path, span]) => [path, parseSpan(bytes, span)]));
};

it("finds top-level and nested values among everything else", () => {
  const body = {
    messages: [{ role: "user", content: 'say "model": no', model: "inner" }],
    model: "claude-opus-5-5",
    metadata: { other: { user_id: "inner" }, user_id: 'x"y\\' },
    stream: true,
  };
  expect(read(JSON.stringify(body))).toMatchObject({
    model: "claude-opus-5-5",
    stream: true,
    "metadata.user_id": 'x"y\\',
  });
  expect(read(JSON.stringify(body, null, 2))).toEqual(read(JSON.stringify(body)));
});

it("lets the last of equal keys win, with all that belonged to the earlier one", () => {
  expect(read('{"model":"a","model":"b"}')).toEqual({ model: "b" });
  expect(read('{"metadata":{"user_id":"a"},"metadata":{}}')).toEqual({});
  expect(read('{"metadata":{"user_id":"a"},"metadata":7}')).toEqual({});
});

it("reads escaped keys as what they say", () => {
  expect(read('{"mod\\u0065l":"m"}')).toEqual({ model: "m" });
  expect(read('{"a\\"b":1,"a":2}')).toEqual({ a: 2 });
});

it("takes strings of any length and any escapes at their end", () => {
  for (const length of [0, 1, 31, 62, 63, 64, 65, 66, 127, 128, 129, 500]) {
    for (const tail of ["", "\\", "\\\\", '"', '\\"', 'é"\\']) {
      const value = "x".repeat(length) + tail + "y".repeat(length) + tail;
      expect(read(JSON.stringify({ z: value, model: "m" })), `${length} ${tail}`).toEqual({
        model: "m",
      });
    }
  }
});

/** What the wanted paths hold after `JSON.parse`. */
function expectedOf(parsed: Readonly<Record<string, unknown>>) {
  const expected: Record<string, unknown> = {};
  for (const path of ["model", "stream", "a", "messages", "metadata.user_id", "b.c"]) {
    const [outer = "", inner] = path.split(".");
    if (!Object.hasOwn(parsed, outer)) continue;
    const value = parsed[outer];
    if (inner === undefined) expected[path] = value;
    else if (isObject(value) && Object.hasOwn(value, inner)) expected[path] = value[inner];
  }
  return expected;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

it("agrees with JSON.parse on every object", () => {
  const object = fc.dictionary(
    fc.constantFrom("model", "stream", "metadata", "a", "b", "messages", 'q"', "\\"),
    fc.oneof(fc.jsonValue({ maxDepth: 4 }), fc.record({ c: fc.string(), user_id: fc.string() })),
  );
  const spaces = fc.constantFrom(undefined, 1, 2, "\t");
  fc.assert(
    fc.property(object, spaces, (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      expect(read(text)).toEqual(expectedOf(JSON.parse(text)));
    }),
    { numRuns: 3000 },
  );
});

it("refuses what is no JSON object", () => {
  const broken = [
    "",
    "[]",
    "null",
    '"x"',
    "{",
    '{"a"',
    '{"a":',
    '{"a":1',
    '{"a":"',
    '{"a":"\\"}',
    '{"a":[}',
    '{"a":{]}',
    '{"a":1}}',
    '{"a":1}x',
    '{"a" 1}',
    "{a:1}",
    '{"a":1 "b":2}',
    '{"a":}',
    "{,}",
  ];
  for (const text of broken) expect(() => read(text), text).toThrow(/body/);
});

it("refuses depth and width before they cost anything", () => {
  const nested = (depth: number) => `{"z":${"[".repeat(depth)}${"]".repeat(depth)}}`;
  expect(() => read(nested(BODY_LIMITS.maxDepth - 1))).not.toThrow();
  expect(() => read(nested(BODY_LIMITS.maxDepth))).toThrow(/nested deeper/);
  expect(() => read("[".repeat(10_000_000))).toThrow();
  const wide = `{"z":{${Array.from({ length: 100_001 }, (_, i) => `"${i}":0`).join(",")}}}`;
  expect(() => read(wide)).toThrow(/more than/);
});

it("never builds anything from a key such as __proto__", () => {
  expect(read('{"__proto__":{"polluted":true},"constructor":1,"model":"m"}')).toEqual({
    model: "m",
  });
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});

it("never fails with anything but a named failure", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      try {
        scanJson(bytes, PATHS);
      } catch (error) {
        expect(error).toMatchObject({ code: "invalid_request" });
      }
    }),
    { numRuns: 5000 },
  );
});

it("finds the elements of an array", () => {
  const bytes = encode('{"messages":[ {"a":[1]}, "x,y" ,3,null ]}');
  const span = scanJson(bytes, PATHS).get("messages");
  const spans = span ? elementSpans(bytes, span) : [];
  expect(spans.map((element) => parseSpan(bytes, element))).toEqual([{ a: [1] }, "x,y", 3, null]);
  expect(elementSpans(encode("[]"), { start: 0, end: 2 })).toEqual([]);
  expect(elementSpans(encode("{}"), { start: 0, end: 2 })).toEqual([]);
});

it("splices a name in and leaves every other byte equal", () => {
  const text = '{ "a" : "é", "model" : "old" ,"z":[1, 2]}';
  const bytes = encode(text);
  const span = scanJson(bytes, PATHS).get("model");
  expect(span).toBeDefined();
  if (!span) return;
  const spliced = new TextDecoder().decode(spliceString(bytes, span, 'n"é'));
  expect(spliced).toBe(text.replace('"old"', '"n\\"é"'));
});
