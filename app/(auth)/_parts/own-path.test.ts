import { expect, it } from "vitest";
import { ownPath } from "./own-path";

it("goes back to the page that asked for the sign-in", () => {
  expect(ownPath("/requests?outcome=failed")).toBe("/requests?outcome=failed");
});

it("never leaves the portal, whatever the link says", () => {
  for (const forged of [
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "",
    undefined,
  ]) {
    expect(ownPath(forged), String(forged)).toBe("/overview");
  }
});
