import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { playwrightCounts, suiteCounts, summaryLine, total } from "./reports.mjs";

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "reports-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function vitest(report, exitCode = 0) {
  const file = join(folder, "report.json");
  writeFileSync(file, JSON.stringify({ testResults: [], ...report }));
  return suiteCounts("vitest", file, exitCode);
}

it("takes a suite's counts from its report", () => {
  expect(vitest({ numPassedTests: 7, numFailedTests: 2 }, 1)).toEqual({ passed: 7, failed: 2 });
});

it("counts a file that does not load as a failure", () => {
  const testResults = [{ status: "failed", assertionResults: [] }];
  expect(vitest({ numPassedTests: 3, numFailedTests: 0, testResults }, 1).failed).toBe(1);
});

it("fails a suite that crashed after its last test", () => {
  expect(vitest({ numPassedTests: 3, numFailedTests: 0 }, 1)).toMatchObject({
    passed: 3,
    failed: 1,
  });
});

it("fails a suite without any test", () => {
  expect(vitest({ numPassedTests: 0, numFailedTests: 0 })).toMatchObject({ passed: 0, failed: 1 });
});

it("fails a suite that wrote no report or half of one", () => {
  expect(suiteCounts("vitest", join(folder, "absent.json"), 0).failed).toBe(1);
  writeFileSync(join(folder, "half.json"), '{"numPassedTests": 3');
  expect(suiteCounts("vitest", join(folder, "half.json"), 0).failed).toBe(1);
});

it("counts a flaky browser test and an error outside any test as failed", () => {
  const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
  expect(playwrightCounts({ stats, errors: [{}] })).toEqual({ passed: 5, failed: 3 });
});

it("ends with one line over all suites", () => {
  const all = [
    { passed: 2, failed: 1 },
    { passed: 3, failed: 0 },
  ];
  expect(summaryLine(total(all))).toBe("5 passed, 1 failed");
});
