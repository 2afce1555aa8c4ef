import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeReady } from "./build.mjs";
import { inForeground, passSignalsOn, wasInterrupted } from "./lib/foreground.mjs";
import { suiteCounts, summaryLine, total } from "./lib/reports.mjs";
import { scratchDatabases } from "./lib/scratch.mjs";
import { elapsed, failureText, main, stepPrinter } from "./lib/steps.mjs";
import { chooseSuites } from "./lib/suites.mjs";
import { checkWorkbench, workbenchEnv } from "./lib/workbench.mjs";

const print = (line) => process.stdout.write(`${line}\n`);
const step = stepPrinter();

// `npm test` runs every suite, `npm test -- unit storage` those that are named.
await main(async () => {
  const suites = chooseSuites(process.argv.slice(2));
  const some = (need) => suites.some(({ needs }) => needs.includes(need));
  process.stderr.write("\nTests of the relay portal\n\n");
  await step("Checking this machine", () =>
    checkWorkbench({ databases: some("databases"), browser: some("browser") }),
  );
  await makeReady(step, "client");
  passSignalsOn();
  const reports = mkdtempSync(join(tmpdir(), "portal-reports-"));
  const stage = makeStage();
  try {
    const results = [];
    for (const suite of suites) {
      if (!wasInterrupted()) results.push(await runSuite(suite, reports, stage));
    }
    printResults(results);
  } finally {
    await stage.clear();
    rmSync(reports, { recursive: true, force: true });
  }
});

/** What suites stand on, made when the first suite needs it. */
function makeStage() {
  let databases = null;
  let built = false;
  return {
    async prepare(needs) {
      if (needs.includes("build") && !built) {
        await makeReady(step);
        built = true;
      }
      if (needs.includes("databases")) databases ??= await scratchDatabases(step);
      return workbenchEnv(databases?.env);
    },
    clear: async () => databases?.stop(),
  };
}

async function runSuite(suite, reports, stage) {
  const begin = Date.now();
  const report = join(reports, `${suite.name}.json`);
  print(`\n── ${suite.name}: ${suite.title}\n`);
  const counts = await countsOf(suite, report, stage);
  return { ...counts, name: suite.name, time: elapsed(Date.now() - begin) };
}

async function countsOf(suite, report, stage) {
  let env;
  try {
    env = await stage.prepare(suite.needs);
  } catch (error) {
    process.stderr.write(`${failureText(error)}\n`);
    return { passed: 0, failed: 1, why: "what it stands on could not be made" };
  }
  const { code, timedOut } = await inForeground(suite.command(report), {
    env: { ...env, ...suite.env?.(report) },
    timeoutMs: suite.timeoutMs,
  });
  if (timedOut) return { passed: 0, failed: 1, why: `it took over ${elapsed(suite.timeoutMs)}` };
  return suiteCounts(suite.kind, report, code);
}

function printResults(results) {
  print("\n──");
  for (const { name, passed, failed, time, why } of results) {
    const mark = failed === 0 ? "✓" : "✗";
    print(
      `  ${mark} ${name}: ${summaryLine({ passed, failed })} (${time})${why ? `; ${why}` : ""}`,
    );
  }
  const sum = total(results);
  if (sum.failed > 0) process.exitCode = 1;
  print(summaryLine(sum));
}
