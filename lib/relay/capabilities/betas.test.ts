import { expect, it } from "vitest";
import { carriesBeta, withoutBetas } from "./betas";
import { removedHeader } from "./removal";

const beta = (name: string) => ({ kind: "beta", name }) as const;

it("knows the flags of the header, whatever stands between them", () => {
  expect(carriesBeta("a-1, b-2", beta("b-2"))).toBe(true);
  expect(carriesBeta("a-1,b-22", beta("b-2"))).toBe(false);
  expect(carriesBeta(undefined, beta("b-2"))).toBe(false);
  expect(carriesBeta("x", { kind: "field", path: "x" })).toBe(false);
});

it("takes flags out and keeps the others in their order", () => {
  expect(withoutBetas("a-1, b-2 ,c-3", [beta("b-2")])).toBe("a-1,c-3");
  expect(withoutBetas("a-1,b-2", [beta("b-2"), beta("a-1")])).toBeNull();
  expect(withoutBetas("", [beta("b-2")])).toBeNull();
});

it("tells in one header what was removed, and has none for nothing", () => {
  expect(removedHeader([])).toBeNull();
  expect(
    removedHeader([
      beta("a-1"),
      { kind: "field", path: "tools.*.x" },
      { kind: "rename", path: "max_tokens", to: "max_completion_tokens" },
    ]),
  ).toBe("beta=a-1, field=tools.*.x, field=max_tokens->max_completion_tokens");
});
