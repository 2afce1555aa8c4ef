import { expect, it, vi } from "vitest";
import { perObject } from "./per-object";

it("asks once for each object, and again after a failure", () => {
  const make = vi.fn(({ text }: { text: string | null }) => {
    if (text === "broken") throw new Error("broken");
    return text;
  });
  const read = perObject(make);
  const [one, other, broken] = [{ text: "a" }, { text: null }, { text: "broken" }];
  expect([read(one), read(one), read(other), read(other)]).toEqual(["a", "a", null, null]);
  expect(make).toHaveBeenCalledTimes(2);
  expect(() => read(broken)).toThrow("broken");
  expect(() => read(broken)).toThrow("broken");
  expect(make).toHaveBeenCalledTimes(4);
});
