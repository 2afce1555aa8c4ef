import { expect, it } from "vitest";
import { Failure, mendFor } from "./failure.mjs";
import { elapsed, failureText } from "./steps.mjs";

it("says how to mend the failures that a machine can have", () => {
  const coded = (code) => Object.assign(new Error("x"), { code });
  expect(mendFor(coded("ENOSPC"))).toMatch(/disk is full/);
  expect(mendFor(coded("EADDRINUSE"))).toMatch(/PORT=3001/);
  expect(mendFor(coded("EACCES"))).toMatch(/chown/);
  expect(mendFor(coded("ENOTFOUND"))).toMatch(/network/);
  expect(mendFor(new Error("something else"))).toMatch(/again/);
});

it("finds the cause in a program's output too", () => {
  const failure = new Failure("Postgres did not start.", "", {
    detail: "PANIC: could not write to file: No space left on device",
  });
  expect(mendFor(failure)).toMatch(/disk is full/);
});

it("prefers what the failing step itself advises", () => {
  expect(mendFor(new Failure("Permission denied", "Do this."))).toBe("Do this.");
});

it("shows what failed, the evidence and the mend", () => {
  const text = failureText(new Failure("It broke.", "Fix it.", { detail: "line 1\nline 2" }));
  expect(text).toContain("Failed: It broke.");
  expect(text).toContain("    line 1\n    line 2");
  expect(text).toContain("How to mend it:\n    Fix it.");
});

it("writes times as people read them", () => {
  expect([0, 940, 59_940, 59_960, 125_000].map(elapsed)).toEqual([
    "0.0 s",
    "0.9 s",
    "59.9 s",
    "1 min 0 s",
    "2 min 5 s",
  ]);
});
