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
  expect(read('{"model":"a","mod\\u0065l":"b"}')).toEqual({ model: "b" });
  expect(read('{"m\\u0065tadata":{"user\\u005fid":"u"}}')).toEqual({ "metadata.user_id": "u" });
  expect(() => read('{"mod\\qel":"m"}')).toThrow(/not valid/);
});

it("takes no other key for a wanted one", () => {
  const mark = "\ufeff";
  for (const key of [`${mark}model`, "Model", "mode", "model ", "metadata.user_id", "b", ""]) {
    expect(read(JSON.stringify({ [key]: { user_id: 1 } })), key).toEqual({});
  }
});

it("reads keys of up to 200 bytes, escapes included", () => {
  const name = "a".repeat(35);
  const found = (key: string) => [...scanJson(encode(`{"${key}":1}`), jsonPaths(name)).keys()];
  expect(found(`${"\\u0061".repeat(33)}aa`)).toEqual([name]);
  expect(found(`${"\\u0061".repeat(34)}a`)).toEqual([]);
  expect(found(`\\q${"x".repeat(199)}`)).toEqual([]);
});

it("passes over a byte order mark before the object, and nowhere else", () => {
  expect(read('\ufeff {"model":"m"}')).toEqual({ model: "m" });
  expect(() => read('\ufeff\ufeff{"model":"m"}')).toThrow(/JSON object/);
  expect(() => read('{"model":"m"}\ufeff')).toThrow(/goes on/);
});

it("looks for inner paths in objects only", () => {
  expect(read('{"b":[{"c":1}],"metadata":"user_id"}')).toEqual({});
  expect(read('{"b":{"x":{"c":1},"c":{"c":2}}}')).toEqual({ "b.c": { c: 2 } });
  const both = jsonPaths("b", "b.c");
  const bytes = encode('{"b":{"c":1}, "b":{ "c":[2] }}');
  const spans = Object.fromEntries(scanJson(bytes, both));
  expect(spans).toEqual({ b: { start: 18, end: 29 }, "b.c": { start: 24, end: 27 } });
});

it("takes strings of any length and any escapes at their end", () => {
  for (const length of [...Array(24).keys(), 63, 64, 65, 500]) {
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

/** Objects as no serializer would write them: keys that repeat, keys in escapes, any spaces. */
function oddObjects() {
  const space = fc.constantFrom("", "", " ", "\n", "\t \r\n");
  const name = fc.constantFrom("model", "stream", "metadata", "user_id", "a", "b", "c", "é", '"\\');
  const escaped = (text: string) => `"\\u${text.charCodeAt(0).toString(16).padStart(4, "0")}`;
  const spelling = fc.tuple(name, fc.boolean()).map(([text, hidden]) => {
    const plain = JSON.stringify(text);
    return hidden ? escaped(text) + JSON.stringify(text.slice(1)).slice(1) : plain;
  });
  const scalars = [
    "0",
    "-0",
    "7",
    "1e3",
    "-5",
    "1.5",
    "123456789012345678",
    "true",
    "false",
    "null",
  ];
  const scalar = fc.oneof(
    fc.constantFrom(...scalars),
    fc.string().map((text) => JSON.stringify(text)),
  );
  const { object } = fc.letrec<{ object: string; array: string; value: string }>((tie) => ({
    value: fc.oneof({ depthSize: "small" }, scalar, tie("object"), tie("array")),
    array: fc
      .tuple(space, fc.array(fc.tuple(tie("value"), space).map(([value, gap]) => value + gap)))
      .map(([gap, values]) => `[${gap}${values.join(`,${gap}`)}]`),
    object: fc
      .tuple(space, fc.array(fc.tuple(spelling, space, tie("value")), { maxLength: 8 }))
      .map(([gap, members]) => {
        const texts = members.map(([key, inner, value]) => `${key}${inner}:${gap}${value}${inner}`);
        return `{${gap}${texts.join(`,${gap}`)}}`;
      }),
  }));
  return fc.tuple(space, object).map(([gap, text]) => gap + text + gap);
}

it("agrees with JSON.parse however an object is spelt", () => {
  fc.assert(
    fc.property(oddObjects(), (text) => {
      expect(read(text)).toEqual(expectedOf(JSON.parse(text)));
    }),
    { numRuns: 1000 },
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
    '{"a":1,}',
    '{"a":1,,"b":2}',
    '{"b":{"c":1,}}',
    '{"b":{"c":1]}',
    '{"a":"x\\',
    '{"a":"0123456789\\',
    '{"a":"0123456789\\"}',
    '{"z":[{"a":1]}',
    "{,}",
  ];
  for (const text of broken) expect(() => read(text), text).toThrow(/body/);
});

it("refuses depth and width before they cost anything", () => {
  const nested = (depth: number) => `{"z":${"[".repeat(depth)}${"]".repeat(depth)}}`;
  expect(() => read(nested(BODY_LIMITS.maxDepth - 1))).not.toThrow();
  expect(() => read(nested(BODY_LIMITS.maxDepth))).toThrow(/nested deeper/);
  // What lies in one skipped value is forgotten for the next, and counted on for its own depth.
  const half = "[".repeat(40) + "]".repeat(40);
  expect(read(`{"z":${half},"b":{"z":${half},"c":1},"y":${half}}`)).toEqual({ "b.c": 1 });
  expect(read(`{${'"b":{"c":1},'.repeat(70)}"a":2}`)).toEqual({ a: 2, "b.c": 1 });
  const inner = BODY_LIMITS.maxDepth - 1;
  expect(() => read(`{"b":{"z":${"[".repeat(inner)}${"]".repeat(inner)}}}`)).toThrow(
    /nested deeper/,
  );
  expect(() => read("[".repeat(10_000_000))).toThrow();
  const wide = (length: number) => Array.from({ length }, (_, i) => `"${i}":0`).join(",");
  expect(() => read(`{"z":{${wide(100_000)}}}`)).toThrow(/more than/);
  expect(() => read(`{"z":{${wide(99_999)}}}`)).not.toThrow();
  expect(() => read(`{${wide(100_001)}}`)).toThrow(/more than/);
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
