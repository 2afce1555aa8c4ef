import { tmpdir } from "node:os";
import { makeReady } from "../build.mjs";
import { inForeground, passSignalsOn } from "./foreground.mjs";
import { dependenciesReady } from "./install.mjs";
import { ROOT } from "./paths.mjs";
import { checkPostgresPlatform } from "./postgres-binaries.mjs";
import { checkDisk, checkNode, checkWritable, ROOM } from "./preflight.mjs";
import { scratchDatabases } from "./scratch.mjs";
import { stepPrinter } from "./steps.mjs";
import { ensurePrograms, findChromium } from "./system-packages.mjs";

/**
 * Everything that could end a long run later is looked at first.
 * @param {{ databases: boolean, browser: boolean }} needs
 * @throws {import("./failure.mjs").Failure} with the commands that mend it
 */
export async function checkWorkbench({ databases, browser }) {
  const given = (...names) => names.some((name) => process.env[name]);
  checkNode();
  checkWritable([ROOT, tmpdir()]);
  if (databases && !given("TEST_DATABASE_URL", "DATABASE_URL")) checkPostgresPlatform();
  await checkDisk(ROOT, dependenciesReady() ? ROOM.toRun : ROOM.toInstall);
  await checkDisk(tmpdir(), ROOM.toRun);
  const redis = databases && !given("TEST_REDIS_URL", "REDIS_URL");
  return ensurePrograms({ redis, chromium: browser });
}

// A developer's own settings must not reach the portals that tests start.
const LEFT_OUT = [
  "DATABASE_URL",
  "REDIS_URL",
  "PUBLIC_URL",
  "PORT",
  "HOST",
  "DATA_DIR",
  "NODE_ENV",
];

/** The environment for tests and measurements: where the databases and the browser are. */
export function workbenchEnv(databases = {}, env = process.env) {
  const kept = Object.entries(env).filter(
    ([name]) => !LEFT_OUT.includes(name) && !name.startsWith("npm_"),
  );
  const chromium = findChromium(env);
  return {
    ...Object.fromEntries(kept),
    ...databases,
    ...(chromium ? { CHROMIUM_PATH: chromium } : {}),
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

/**
 * Builds the portal, starts databases that are thrown away afterwards, and runs one program on
 * them; its exit code becomes ours.
 * @param {string[]} args of Node
 * @param {{ browser?: boolean, env?: object }} [options]
 */
export async function runOnWorkbench(args, { browser = false, env = {} } = {}) {
  const step = stepPrinter();
  await step("Checking this machine", () => checkWorkbench({ databases: true, browser }));
  await makeReady(step);
  passSignalsOn();
  const databases = await scratchDatabases(step);
  try {
    const { code } = await inForeground([process.execPath, ...args], {
      env: { ...workbenchEnv(databases.env), ...env },
    });
    process.exitCode = code ?? 1;
  } finally {
    await databases.stop();
  }
}
