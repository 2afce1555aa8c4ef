import { expect, it } from "vitest";
import { everyCut } from "../testing/cuts";
import { concat, decode, encode } from "./bytes";
import { jsonArrayCutter, objectStart } from "./json-array";

const WIRE = encode('[{"a":"]},{[","b":"\\"}"}\n,\r\n{"c":[{},{"d":"é\\\\"}]},{}]\n ');
const OBJECTS = ['{"a":"]},{[","b":"\\"}"}', '{"c":[{},{"d":"é\\\\"}]}', "{}"];

const run = (chunks: readonly Uint8Array[]) => {
  const frames: Uint8Array[] = [];
  const cutter = jsonArrayCutter((frame) => frames.push(frame.slice()));
  for (const chunk of chunks) cutter.push(chunk);
  cutter.end();
  return { frames, closed: cutter.closed() };
};

it("reads the same objects wherever the bytes are cut", () => {
  for (const chunks of everyCut(WIRE)) {
    const { frames, closed } = run(chunks);
    const objects = frames
      .filter((frame) => objectStart(frame) >= 0)
      .map((frame) => decode(frame.subarray(objectStart(frame))));
    expect(objects).toEqual(OBJECTS);
    expect(decode(concat(frames))).toBe(decode(WIRE));
    expect(closed).toBe(true);
  }
});

it("is not closed before its own bracket", () => {
  expect(run([encode('[{"a":[1]},{"b":2}')]).closed).toBe(false);
  expect(run([encode("[]")]).closed).toBe(true);
});

it("answers where an unfinished object begins", () => {
  const cutter = jsonArrayCutter(() => {});
  expect(cutter.push(encode('[{"a":1},\n{"b"'))).toBe(8);
  expect(cutter.push(encode(":2}"))).toBe(3);
  expect(cutter.push(encode("\n]"))).toBe(2);
});

it("gives up on an object that does not end", () => {
  const cutter = jsonArrayCutter(() => {}, 50);
  expect(() => cutter.push(encode(`[{"a":"${"x".repeat(60)}`))).toThrow(/does not end/);
});
