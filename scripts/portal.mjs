import { spawn } from "node:child_process";
import { makeReady } from "./build.mjs";
import { childEnv } from "./lib/child-env.mjs";
import { inRoot, ROOT } from "./lib/paths.mjs";
import { COMMAND_LABEL, migrate, ownPortal, portalOwner, runtimeFile } from "./lib/portal.mjs";
import { checkNode } from "./lib/preflight.mjs";
import { readJson } from "./lib/private-file.mjs";
import { loadSecrets } from "./lib/secrets.mjs";
import { startServices } from "./lib/services.mjs";
import { loadEnvFile, readSettings } from "./lib/settings.mjs";
import { main, stepPrinter } from "./lib/steps.mjs";
import { ensurePrograms } from "./lib/system-packages.mjs";

// The command's JSON alone goes to stdout; what happens around it is told on stderr.
await main(async () => {
  loadEnvFile();
  const settings = readSettings(process.env);
  const secrets = () => loadSecrets(settings.dataDir, process.env);
  const runtime = portalOwner(settings.dataDir) && readJson(runtimeFile(settings.dataDir));
  process.exitCode = runtime
    ? await command(childEnv({ ...settings, ...runtime }, secrets(), runtime))
    : await besideNothing(settings, secrets);
});

// The portal is stopped: its databases run for the time of this command only.
async function besideNothing(settings, secrets) {
  const step = quietly(stepPrinter());
  checkNode();
  await ensurePrograms({ redis: settings.redisUrl === null });
  const lock = await ownPortal(settings.dataDir, COMMAND_LABEL);
  try {
    await makeReady(step, "bundles");
    const kept = secrets();
    const services = await startServices(settings, kept, step);
    try {
      const env = childEnv(settings, kept, services);
      await step("Applying migrations", () => migrate(env));
      return await command(env);
    } finally {
      await services.stop();
    }
  } finally {
    lock.release();
  }
}

// Steps that take no time are not worth a line beside a command's answer.
function quietly(step) {
  const PATIENCE_MS = 3_000;
  return async (title, work) => {
    const result = work();
    let timer;
    const late = new Promise((resolve) => {
      timer = setTimeout(() => resolve(true), PATIENCE_MS);
    });
    const slow = await Promise.race([late, result.then(() => false)]);
    clearTimeout(timer);
    return slow ? step(title, () => result) : result;
  };
}

function command(env) {
  return new Promise((resolve) => {
    const args = ["--enable-source-maps", inRoot("dist", "portal.js"), ...process.argv.slice(2)];
    const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: "inherit" });
    for (const name of ["SIGINT", "SIGTERM"]) process.on(name, () => child.kill(name));
    child.once("error", () => resolve(1));
    child.once("close", (code) => resolve(code ?? 1));
  });
}
