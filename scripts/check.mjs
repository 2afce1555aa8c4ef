import { writeFileSync } from "node:fs";
import { makeReady } from "./build.mjs";
import { run } from "./lib/command.mjs";
import { GATES, runAll, UNIT_TESTS } from "./lib/gates.mjs";
import { buildEnv } from "./lib/install.mjs";
import { inRoot } from "./lib/paths.mjs";
import { checkNode } from "./lib/preflight.mjs";
import { main, stepPrinter } from "./lib/steps.mjs";

const AT_A_TIME = 2;
const NEXT = inRoot("node_modules", "next", "dist", "bin", "next");
const print = (line) => process.stdout.write(`${line}\n`);

// `--gates <file>`: only the static checks, with their results as JSON in that file.
await main(async () => {
  const [flag, report] = process.argv.slice(2);
  const onlyGates = flag === "--gates";
  checkNode();
  const step = stepPrinter();
  await makeReady(step, "client");
  await step("Generating the routes' types", generateRouteTypes);
  const programs = onlyGates ? GATES : [UNIT_TESTS, ...GATES];
  const results = await runAll(programs, AT_A_TIME, print);
  if (onlyGates && report) writeFileSync(report, JSON.stringify(results));
  const failed = results.filter(({ ok }) => !ok).map(({ name }) => name);
  print(failed.length === 0 ? "  All checks passed" : `  Failed: ${failed.join(", ")}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
});

// The compiler needs Next's declarations, and they let it check what each route file exports.
async function generateRouteTypes() {
  await run("next typegen", process.execPath, [NEXT, "typegen"], { env: buildEnv() });
}
