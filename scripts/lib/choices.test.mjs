import { expect, it } from "vitest";
import { isBuildInput } from "../build.mjs";
import { sameInstall } from "./install.mjs";
import { migrationNote } from "./portal.mjs";
import { checkNode } from "./preflight.mjs";
import { chooseSuites, SUITES } from "./suites.mjs";
import { restartDelay } from "./supervise.mjs";
import { adminCommands } from "./system-packages.mjs";

it("accepts the Node it was made for and newer ones", () => {
  for (const version of ["20.19.0", "20.20.2", "22.0.0", "24.1.0"]) {
    expect(checkNode(version, ">=20.19")).toBe(version);
  }
  for (const version of ["18.20.4", "20.18.9", "20.9.0"]) {
    expect(() => checkNode(version, ">=20.19"), version).toThrow(/too old/);
  }
});

it("knows an install by npm's own record of it", () => {
  const lock = {
    packages: {
      "": { name: "project" },
      "node_modules/a": { version: "1.0.0" },
      "node_modules/other-platform": { version: "1.0.0", optional: true },
    },
  };
  const installed = (packages) => ({ packages });
  const a = { version: "1.0.0" };
  expect(sameInstall(lock, installed({ "node_modules/a": a }))).toBe(true);
  expect(sameInstall(lock, installed({}))).toBe(false);
  expect(sameInstall(lock, installed({ "node_modules/a": { version: "2.0.0" } }))).toBe(false);
  expect(sameInstall(lock, installed({ "node_modules/a": a, "node_modules/b": a }))).toBe(false);
});

it("builds anew for sources only", () => {
  const outside = ["lib/generated", "lib/testing", "lib/x.test.ts", "lib/x.db.test.ts", "app/a.md"];
  expect(outside.filter(isBuildInput)).toEqual([]);
  expect(["lib/x.ts", "app/page.tsx", "public/a.svg", "lib/contest.ts"].every(isBuildInput)).toBe(
    true,
  );
});

it("waits longer after each failure, but not for ever", () => {
  expect([0, 1, 2, 3, 10].map(restartDelay)).toEqual([250, 500, 1_000, 2_000, 30_000]);
});

it("runs the suites that are named, in the table's order, and refuses unknown ones", () => {
  const names = (wanted) => chooseSuites(wanted).map(({ name }) => name);
  expect(names([])).toEqual(SUITES.map(({ name }) => name));
  expect(names(["storage", "unit"])).toEqual(["unit", "storage"]);
  expect(() => names(["unti"])).toThrow(/no suite/);
});

it("tells the administrator the exact commands", () => {
  const apt = {
    program: "apt-get",
    names: {},
    commands: (packages) => [
      ["apt-get", "update"],
      ["apt-get", "install", ...packages],
    ],
  };
  expect(adminCommands(["redis-server"], apt)).toBe(
    "sudo apt-get update\nsudo apt-get install redis-server",
  );
  expect(adminCommands(["redis-server"], null)).toMatch(/redis-server/);
});

it("says what the migrations did", () => {
  expect(migrationNote('{"applied":[]}')).toBe("up to date");
  expect(migrationNote('{"applied":["a","b"]}')).toBe("2 applied");
  expect(migrationNote("something else")).toBeUndefined();
});
