import { writeFileSync } from "node:fs";
import { makeReady } from "./build.mjs";
import { GATES, runAll, UNIT_TESTS } from "./lib/gates.mjs";
import { checkNode } from "./lib/preflight.mjs";
import { main, stepPrinter } from "./lib/steps.mjs";

const AT_A_TIME = 2;
const print = (line) => process.stdout.write(`${line}\n`);

// `--gates <file>`: only the static checks, with their results as JSON in that file.
await main(async () => {
  const [flag, report] = process.argv.slice(2);
  const onlyGates = flag === "--gates";
  checkNode();
  await makeReady(stepPrinter(), "client");
  const programs = onlyGates ? GATES : [UNIT_TESTS, ...GATES];
  const results = await runAll(programs, AT_A_TIME, print);
  if (onlyGates && report) writeFileSync(report, JSON.stringify(results));
  const failed = results.filter(({ ok }) => !ok).map(({ name }) => name);
  print(failed.length === 0 ? "  All checks passed" : `  Failed: ${failed.join(", ")}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
});
