import fc from "fast-check";
import { expect, it } from "vitest";
import { concat, decode, encode, fromLatin1, latin1, utf8 } from "./bytes";

it("joins parts and keeps a single one as it is", () => {
  const one = encode("one");
  expect(concat([one])).toBe(one);
  expect(decode(concat([one, encode("é"), encode("")]))).toBe("oneé");
  expect(concat([])).toHaveLength(0);
});

it("gives every byte back that it made a character of", () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.nat(5), (bytes, from) => {
      const part = bytes.subarray(from);
      const text = latin1(part);
      expect(text).toHaveLength(part.length);
      expect([...fromLatin1(text)]).toEqual([...part]);
    }),
  );
  expect(utf8(latin1(encode("日本 é")))).toBe("日本 é");
});
