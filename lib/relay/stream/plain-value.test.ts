import fc from "fast-check";
import { expect, it } from "vitest";
import { encode } from "./bytes";
import { plainValue } from "./plain-value";

const plain = (text: string) => plainValue(encode(text), 0, encode(text).length);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

it("reads short texts, booleans and whole numbers", () => {
  const texts = ['""', '"claude-opus-5-5"', `"${"x".repeat(256)}"`, "true", "false", "0", "32000"];
  for (const text of [...texts, "999999999999999"]) expect(plain(text), text).toBe(parsed(text));
  expect(plainValue(encode('x"é"y7z'), 5, 6)).toBeUndefined();
  expect(plainValue(encode("x17z"), 1, 3)).toBe(17);
});

it("leaves all else to the parser", () => {
  const others = ["", "null", "-5", "1.5", "1e3", "01", "9999999999999999", "tru", "truex", "{}"];
  const texts = ['"é"', '"\\n"', '"a\nb"', '"', '"a', '"a"b"', `"${"x".repeat(257)}"`];
  for (const text of [...others, ...texts]) expect(plain(text), text).toBeUndefined();
});

it("never says anything but what JSON.parse says", () => {
  const piece = fc.constantFrom(
    '"',
    "\\",
    "a",
    "é",
    "\u007f",
    "0",
    "7",
    "-",
    ".",
    "e",
    "true",
    " ",
  );
  const text = fc.oneof(
    fc.array(piece, { maxLength: 6 }).map((all) => all.join("")),
    fc.json(),
  );
  fc.assert(
    fc.property(text, (one) => {
      const value = plain(one);
      if (value !== undefined) expect(value).toBe(parsed(one));
    }),
    { numRuns: 5000 },
  );
});
