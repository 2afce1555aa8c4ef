import fc from "fast-check";
import { expect, it } from "vitest";
import { encode, latin1 } from "./bytes";
import { finder, stringWeight } from "./text-weight";

const weight = (text: string) => stringWeight(latin1(encode(JSON.stringify(text))), 1);

it("counts ASCII as one and every other character as four", () => {
  expect(weight("abc d")).toBe(5);
  expect(weight("é日😀")).toBe(12);
  expect(weight("")).toBe(0);
  expect(weight('"\\\n')).toBe(3);
});

it("stops at the closing quote and at nothing else", () => {
  expect(stringWeight('"ab\\"c","d":"e"', 1)).toBe(4);
  expect(stringWeight('"ab', 1)).toBe(2);
  expect(stringWeight('"ab\\', 1)).toBe(3);
});

it("is what counting characters gives", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const plain = text.replaceAll(/\p{Cc}/gu, "");
      const expected = [...plain].reduce(
        (sum, c) => sum + ((c.codePointAt(0) ?? 0) < 128 ? 1 : 4),
        0,
      );
      expect(weight(plain)).toBe(expected);
    }),
  );
});

it("finds a text in every part that holds it, and in no other", () => {
  const find = finder("ab");
  const text = "ab--ab----ab";
  expect([0, 2, 4, 6, 10].map((start) => find(text, start, start + 2))).toEqual([2, -1, 6, -1, 12]);
  expect(find("--ab", 0, 4)).toBe(4);
  expect(find(text, 0, 4)).toBe(2);
});
