import { expect, it } from "vitest";
import { fnv1a } from "./fnv1a";

it("gives the published values of FNV-1a", () => {
  expect([fnv1a(""), fnv1a("a"), fnv1a("foobar")]).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968]);
});

it("begins where it is told", () => {
  expect(fnv1a("xxfoobar", 2)).toBe(fnv1a("foobar"));
});
