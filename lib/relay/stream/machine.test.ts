import { expect, it } from "vitest";
import { chain, type Machine, runAll } from "./machine";

/** Hands out pairs, and at its end what is left. */
const pairs = (): Machine<string, string> => {
  let held = "";
  return {
    push(item) {
      held += item;
      if (held.length < 2) return [];
      const out = held;
      held = "";
      return [out];
    },
    end: () => (held ? [held] : []),
  };
};
const marked = (): Machine<string, string> => ({
  push: (item) => [`<${item}>`],
  end: () => ["end"],
});

it("gives everything, also what is held back to the end", () => {
  expect(runAll(pairs(), ["a", "b", "c"])).toEqual(["ab", "c"]);
});

it("joins two machines, with the first one's end before the second one's", () => {
  expect(runAll(chain(pairs(), marked()), ["a", "b", "c"])).toEqual(["<ab>", "<c>", "end"]);
  expect(runAll(chain(marked(), pairs()), [])).toEqual(["end"]);
});
