import { expect, it } from "vitest";
import { evidenceOf } from "./evidence";

const CANARIES = [
  "sk-ant-api03-canary_canary-canary",
  "sk-proj-canarycanary",
  "AIzaSyCanaryCanaryCanary",
  "cr_canarycanarycanary",
  "ya29.a0Canary_canary-x",
  "Bearer canary.canary.canary",
  "?key=canarycanary",
];

it("blanks every make of key that an upstream may repeat", () => {
  for (const canary of CANARIES) {
    const text = evidenceOf(`{"error":"The key ${canary} is wrong"}`);
    expect(text).not.toContain("anary");
    expect(text).toContain("[blanked]");
    expect(text).toContain("is wrong");
  }
});

it("blanks before it cuts, so that no half of a key is left at the end", () => {
  for (let before = 470; before < 505; before++) {
    expect(evidenceOf(`${"x".repeat(before)} ${CANARIES[0]} y`)).not.toContain("anary");
  }
});

it("keeps 500 characters at most, and nothing of nothing", () => {
  expect(evidenceOf("a".repeat(9000))).toHaveLength(500);
  expect(evidenceOf("  \n")).toBeNull();
  expect(evidenceOf("")).toBeNull();
});
