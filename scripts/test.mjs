import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeReady } from "./build.mjs";
import { dependenciesReady } from "./lib/install.mjs";
import { ROOT } from "./lib/paths.mjs";
import { checkPostgresPlatform } from "./lib/postgres-binaries.mjs";
import { checkDisk, checkNode, checkWritable } from "./lib/preflight.mjs";
import { suiteCounts, summaryLine, total } from "./lib/reports.mjs";
import { scratchDatabases } from "./lib/scratch.mjs";
import { elapsed, main, stepPrinter } from "./lib/steps.mjs";
import { chooseSuites } from "./lib/suites.mjs";
import { ensurePrograms, findChromium } from "./lib/system-packages.mjs";

// A developer's own settings must not reach the portals that the tests start.
const NOT_FOR_TESTS = [
  "DATABASE_URL",
  "REDIS_URL",
  "PUBLIC_URL",
  "PORT",
  "HOST",
  "DATA_DIR",
  "NODE_ENV",
];

const print = (line) => process.stdout.write(`${line}\n`);

await main(async () => {
  const suites = chooseSuites(process.argv.slice(2));
  const step = stepPrinter();
  const needs = (what) => suites.some((suite) => suite.needs.includes(what));
  process.stderr.write("\nTests of the relay portal\n\n");
  await step("Checking this machine", () => checkMachine(needs));
  await makeReady(step, needs("build") ? "all" : "client");
  const reports = mkdtempSync(join(tmpdir(), "portal-reports-"));
  const databases = needs("databases") ? await scratchDatabases(step) : null;
  const onSignal = endOnSignal();
  try {
    const env = testEnv(databases?.env);
    const results = [];
    for (const suite of suites) results.push(await runSuite(suite, reports, env, onSignal));
    printResults(results);
  } finally {
    await databases?.stop();
    rmSync(reports, { recursive: true, force: true });
  }
});

async function checkMachine(needs) {
  checkNode();
  checkWritable([ROOT]);
  const given = (...names) => names.some((name) => process.env[name]);
  const ownRedis = needs("databases") && !given("TEST_REDIS_URL", "REDIS_URL");
  const ownPostgres = needs("databases") && !given("TEST_DATABASE_URL", "DATABASE_URL");
  if (ownPostgres) checkPostgresPlatform();
  await checkDisk(!dependenciesReady());
  return ensurePrograms({ redis: ownRedis, chromium: needs("browser") });
}

function testEnv(databases = {}) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !NOT_FOR_TESTS.includes(name) && !name.startsWith("npm_"),
  );
  const chromium = findChromium();
  return {
    ...Object.fromEntries(kept),
    ...databases,
    ...(chromium ? { CHROMIUM_PATH: chromium } : {}),
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

// The suite in progress ends with us; what it leaves undone is cleaned up afterwards as always.
function endOnSignal() {
  let end = () => {};
  for (const name of ["SIGINT", "SIGTERM"]) process.on(name, () => end());
  return (work) => {
    end = work;
  };
}

async function runSuite(suite, reports, env, onSignal) {
  const begin = Date.now();
  const report = join(reports, `${suite.name}.json`);
  print(`\n── ${suite.name}: ${suite.title}\n`);
  const code = await runCommand(suite.command(report), {
    env: { ...env, ...suite.env?.(report) },
    timeoutMs: suite.timeoutMs,
    onSignal,
  });
  const counts = suiteCounts(suite.kind, report, code);
  return { ...counts, name: suite.name, time: elapsed(Date.now() - begin) };
}

function runCommand([program, ...args], { env, timeoutMs, onSignal }) {
  return new Promise((resolve) => {
    // Its own group, so that whatever it started can be ended with it.
    const child = spawn(program, args, { cwd: ROOT, env, stdio: "inherit", detached: true });
    const endGroup = (name) => {
      try {
        process.kill(-child.pid, name);
      } catch {
        // Ended already.
      }
    };
    onSignal(() => {
      endGroup("SIGTERM");
      process.exitCode = 130;
    });
    const timer = setTimeout(() => {
      print(`\nIt took longer than ${elapsed(timeoutMs)} and was ended.`);
      endGroup("SIGKILL");
    }, timeoutMs);
    child.once("error", () => resolve(127));
    child.once("exit", (code) => {
      clearTimeout(timer);
      endGroup("SIGKILL");
      resolve(code);
    });
  });
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
