import fc from "fast-check";
import { expect, it } from "vitest";
import { concat, decode, encode, indexOfNeedle, needle, startsWith } from "./bytes";

it("finds what a search in the text finds", () => {
  const letters = fc.array(fc.constantFrom("a", "b", "é", '"'), { maxLength: 60 });
  const short = fc.array(fc.constantFrom("a", "b", "é", '"'), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(letters, short, fc.nat(20), (hay, sought, from) => {
      const bytes = encode(hay.join(""));
      const expected = Buffer.from(bytes).indexOf(sought.join(""), Math.min(from, bytes.length));
      expect(indexOfNeedle(bytes, needle(sought.join("")), from)).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});

it("joins parts and keeps a single one as it is", () => {
  const one = encode("one");
  expect(concat([one])).toBe(one);
  expect(decode(concat([one, encode("é"), encode("")]))).toBe("oneé");
  expect(concat([])).toHaveLength(0);
});

it("knows a beginning", () => {
  expect(startsWith(encode("event: ping\n"), needle("event: "))).toBe(true);
  expect(startsWith(encode("even"), needle("event: "))).toBe(false);
  expect(startsWith(encode("data: ping"), needle("event: "))).toBe(false);
});
