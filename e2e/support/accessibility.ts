import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, Result } from "axe-core";
import type { Page } from "playwright";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Breaches of WCAG 2.2 AA and of good practice on the page as it stands, one line each. */
export async function accessibilityBreaches(page: Page): Promise<string[]> {
  // Put in by the debugger, so that the page's own content policy stays in force.
  if (!(await page.evaluate("Boolean(window.axe)"))) await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResults>(
    "axe.run(document, { resultTypes: ['violations'] })",
  );
  return violations.map(line);
}

function line({ id, help, nodes }: Result): string {
  const places = nodes.slice(0, 5).map(({ target, failureSummary }) => {
    const why = failureSummary?.split("\n").slice(1).join(" ").trim() ?? "";
    return `\n    ${target.join(" ")}: ${why}`;
  });
  return `${id}: ${help} (${nodes.length})${places.join("")}`;
}
