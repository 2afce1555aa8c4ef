import { expect, it } from "vitest";
import { perName } from "./per-name";

function counted(bounds: Parameters<typeof perName>[0], value: (name: string) => unknown) {
  const made: string[] = [];
  const of = perName(bounds, (name) => {
    made.push(name);
    return value(name);
  });
  return { of, made };
}

it("makes an answer once for each text, null included", () => {
  const { of, made } = counted({ most: 10 }, (name) => (name === "none" ? null : { name }));
  expect(of("a")).toBe(of("a"));
  expect([of("none"), of("none")]).toEqual([null, null]);
  expect(made).toEqual(["a", "none"]);
});

it("keeps neither too many texts, nor long ones, nor what has no answer", () => {
  const { of, made } = counted({ most: 2, longest: 3 }, (name) =>
    name === "x" ? undefined : name,
  );
  for (const name of ["long", "long", "x", "x", "a", "b", "c", "a"]) of(name);
  expect(made).toEqual(["long", "long", "x", "x", "a", "b", "c", "a"]);
});
