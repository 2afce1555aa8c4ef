import fc from "fast-check";
import { expect, it } from "vitest";
import { countJsonTokens, countTokens, cutByTokens, fillerText, firstTokens } from "./tokens";

it("counts a quarter of the code points, rounded up", () => {
  expect(["", "a", "abcd", "abcde", "你好世界", "🌍🌍🌍🌍🌍"].map(countTokens)).toEqual([
    0, 1, 1, 2, 1, 2,
  ]);
});

it("cuts any text so that the pieces join to it and their tokens add up", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 9 }), (text, size) => {
      const pieces = cutByTokens(text, size);
      expect(pieces.join("")).toBe(text);
      expect(pieces.reduce((sum, piece) => sum + countTokens(piece), 0)).toBe(countTokens(text));
    }),
  );
});

it("makes texts of exactly so many tokens", () => {
  for (const tokens of [0, 1, 7, 500]) expect(countTokens(fillerText(tokens))).toBe(tokens);
  expect(firstTokens("abcdefghi", 2)).toBe("abcdefgh");
});

it("counts an image by the piece, and cache marks not at all", () => {
  const block = { type: "image", source: { type: "base64", data: "" } };
  const large = { type: "image", source: { type: "base64", data: "A".repeat(90_000) } };
  expect(countJsonTokens(large)).toBe(countJsonTokens(block) + 258);
  expect(countJsonTokens({ ...block, cache_control: { type: "ephemeral" } })).toBe(
    countJsonTokens(block),
  );
});
