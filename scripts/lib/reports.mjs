import { readFileSync } from "node:fs";

/** @typedef {{ passed: number, failed: number, why?: string }} Counts */

/**
 * Counts of a vitest JSON report. A file that could not even be loaded holds no failed test, yet
 * counts as one failure.
 * @see https://vitest.dev/guide/reporters#json-reporter
 */
export function vitestCounts(report) {
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length };
}

/**
 * Counts of a Playwright JSON report. A flaky test is a failed one: it failed once. Errors outside
 * any test (a file that does not load) count as one failure each.
 * @see https://playwright.dev/docs/test-reporters#json-reporter
 */
export function playwrightCounts(report) {
  const { expected, unexpected, flaky } = report.stats;
  return { passed: expected, failed: unexpected + flaky + (report.errors?.length ?? 0) };
}

/** Counts of our own gates: `[{ ok }]`, one per gate. */
export function gateCounts(gates) {
  const passed = gates.filter(({ ok }) => ok).length;
  return { passed, failed: gates.length - passed };
}

const READERS = { vitest: vitestCounts, playwright: playwrightCounts, gates: gateCounts };

/**
 * What a suite amounts to, from its report and from how its process ended. A suite that crashed,
 * wrote no report or held no test has failed, whatever it says.
 * @param {keyof typeof READERS} kind
 * @param {string} file
 * @param {number | null} exitCode
 * @returns {Counts}
 */
export function suiteCounts(kind, file, exitCode) {
  let counts;
  try {
    counts = READERS[kind](JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return { passed: 0, failed: 1, why: "it ended without a report" };
  }
  if (counts.passed + counts.failed === 0) return { ...counts, failed: 1, why: "it has no tests" };
  if (counts.failed === 0 && exitCode !== 0) {
    return { ...counts, failed: 1, why: `it ended with code ${exitCode} although no test failed` };
  }
  return counts;
}

/** The sum over all suites. */
export function total(all) {
  return all.reduce(
    (sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }),
    { passed: 0, failed: 0 },
  );
}

/** The one line that a whole run ends with. */
export const summaryLine = ({ passed, failed }) => `${passed} passed, ${failed} failed`;
