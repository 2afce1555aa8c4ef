import { Failure } from "./failure.mjs";
import { inRoot } from "./paths.mjs";

const MINUTE = 60_000;
const bin = (...parts) => inRoot("node_modules", ...parts);

const vitest = (project) => (report) => [
  process.execPath,
  bin("vitest", "vitest.mjs"),
  "run",
  `--project=${project}`,
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${report}`,
];

/**
 * Every suite of `npm test`, in order.
 * `needs` is what must be ready before it: databases, the built portal, a browser.
 */
export const SUITES = [
  {
    name: "check",
    title: "static checks",
    kind: "gates",
    needs: [],
    timeoutMs: 10 * MINUTE,
    command: (report) => [process.execPath, inRoot("scripts", "check.mjs"), "--gates", report],
  },
  {
    name: "unit",
    title: "unit tests",
    kind: "vitest",
    needs: [],
    timeoutMs: 10 * MINUTE,
    command: vitest("unit"),
  },
  {
    name: "storage",
    title: "storage tests on real Postgres and Redis",
    kind: "vitest",
    needs: ["databases"],
    timeoutMs: 15 * MINUTE,
    command: vitest("storage"),
  },
  {
    name: "relay",
    title: "relay journeys",
    kind: "vitest",
    needs: ["databases", "build"],
    timeoutMs: 20 * MINUTE,
    command: vitest("relay"),
  },
  {
    name: "chaos",
    title: "chaos, short form",
    kind: "vitest",
    needs: ["databases", "build"],
    timeoutMs: 20 * MINUTE,
    command: vitest("chaos"),
  },
  {
    name: "browser",
    title: "browser journeys",
    kind: "playwright",
    needs: ["databases", "build", "browser"],
    timeoutMs: 20 * MINUTE,
    env: (report) => ({ PLAYWRIGHT_JSON_OUTPUT_FILE: report, PLAYWRIGHT_JSON_OUTPUT_NAME: report }),
    command: () => [
      process.execPath,
      bin("playwright", "cli.js"),
      "test",
      "--config=e2e/playwright.config.ts",
      "--reporter=line,json",
    ],
  },
];

/**
 * The suites asked for by name, in the table's order; all of them when none is named.
 * @throws {Failure} for a name that is none
 */
export function chooseSuites(names, suites = SUITES) {
  const unknown = names.find((name) => !suites.some((suite) => suite.name === name));
  if (unknown) {
    const known = suites.map(({ name }) => name).join(", ");
    throw new Failure(
      `There is no suite "${unknown}".`,
      `Suites: ${known}\nnpm test -- unit storage`,
    );
  }
  return names.length === 0 ? suites : suites.filter(({ name }) => names.includes(name));
}
