import { setFlagsFromString } from "node:v8";
import { expect, it } from "vitest";
import { quickenStrings } from "./engine";

setFlagsFromString("--allow-natives-syntax");
const isQuick = new Function("object", "return %HasFastProperties(object)");

it("makes strings quick again after a class that extends them was loaded", () => {
  class Verbatim extends String {}
  expect(new Verbatim("a").length).toBe(1);
  expect(isQuick(String.prototype)).toBe(false);
  quickenStrings();
  expect(isQuick(String.prototype)).toBe(true);
});
