import fc from "fast-check";
import { expect, it } from "vitest";
import { encode, latin1 } from "./bytes";
import { stringWeight } from "./text-weight";

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
