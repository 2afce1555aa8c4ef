import { makeReady } from "./build.mjs";
import { childEnv } from "./lib/child-env.mjs";
import { migrate, ownPortal, setupLink } from "./lib/portal.mjs";
import { checkNode, checkPort } from "./lib/preflight.mjs";
import { loadSecrets } from "./lib/secrets.mjs";
import { startServices } from "./lib/services.mjs";
import { loadEnvFile, readSettings } from "./lib/settings.mjs";
import { main, stepPrinter } from "./lib/steps.mjs";
import { stopRequest } from "./lib/stop-request.mjs";
import { keepRunning } from "./lib/supervise.mjs";
import { ensurePrograms } from "./lib/system-packages.mjs";

const STOP_MS = 10_000;
const say = (line) => process.stderr.write(`  ${line}\n`);

// The portal from its sources, with pages rebuilt as they are edited. It has its own data folder.
await main(async () => {
  const step = stepPrinter();
  loadEnvFile();
  const settings = readSettings({ DATA_DIR: ".data/dev", ...process.env });
  checkNode();
  await ensurePrograms({ redis: settings.redisUrl === null });
  const lock = await ownPortal(settings.dataDir, "npm run dev");
  const asked = stopRequest();
  try {
    await checkPort(settings.port, settings.host);
    await makeReady(step, "bundles");
    const secrets = loadSecrets(settings.dataDir, process.env);
    const services = await startServices(settings, secrets, step);
    try {
      await develop(settings, childEnv(settings, secrets, services), asked, step);
    } finally {
      await services.stop();
    }
  } finally {
    lock.release();
  }
});

async function develop(settings, production, asked, step) {
  const env = { ...production, NODE_ENV: "development" };
  await step("Applying migrations", () => migrate(env));
  const program = (name, file) =>
    keepRunning({ name, args: ["--import", "tsx", file], env, logFile: null, say });
  const processes = [program("web", "server.ts"), program("worker", "workers/main.ts")];
  const link = await setupLink(env);
  say(`Development: ${settings.publicUrl}${link ? `; first admin: ${link}` : ""}`);
  await asked.signal;
  await Promise.all(processes.map((one) => one.stop(STOP_MS)));
}
