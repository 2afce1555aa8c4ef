import { rmSync } from "node:fs";
import { join } from "node:path";
import { makeReady } from "./build.mjs";
import { childEnv } from "./lib/child-env.mjs";
import { tail } from "./lib/command.mjs";
import { Failure } from "./lib/failure.mjs";
import { dependenciesReady } from "./lib/install.mjs";
import { endLeftOvers, leftOvers, processesFile } from "./lib/left-overs.mjs";
import { inRoot, ROOT } from "./lib/paths.mjs";
import { migrate, ownPortal, runtimeFile, setupLink } from "./lib/portal.mjs";
import { checkPostgresPlatform } from "./lib/postgres-binaries.mjs";
import { checkDisk, checkNode, checkPort, checkWritable, ROOM } from "./lib/preflight.mjs";
import { writePrivateJson } from "./lib/private-file.mjs";
import { processIdentity, sleep } from "./lib/processes.mjs";
import { checkReachable } from "./lib/reach.mjs";
import { loadSecrets } from "./lib/secrets.mjs";
import { startServices } from "./lib/services.mjs";
import { loadEnvFile, localUrl, readSettings } from "./lib/settings.mjs";
import { elapsed, main, stepPrinter } from "./lib/steps.mjs";
import { stopRequest } from "./lib/stop-request.mjs";
import { keepRunning } from "./lib/supervise.mjs";
import { ensurePrograms } from "./lib/system-packages.mjs";

const READY_TIMEOUT_MS = 90_000;
const TRIES_AT_START = 3;
/** A little longer than the processes themselves give running streams (DRAIN_MS, 8 minutes). */
const GRACE_MS = Number(process.env.DRAIN_MS || 480_000) + 30_000;

const begin = Date.now();
const say = (line) => process.stderr.write(`  ${line}\n`);

await main(start);

async function start() {
  const step = stepPrinter();
  loadEnvFile();
  const settings = readSettings(process.env);
  const { dataDir } = settings;
  process.stderr.write("\nRelay portal\n\n");
  await step("Checking this machine", () => checkMachine(settings));
  const lock = await ownPortal(dataDir, "npm start");
  const stopEarly = (name) => {
    lock.release();
    process.exit(name === "SIGINT" ? 130 : 143);
  };
  process.on("SIGINT", stopEarly).on("SIGTERM", stopEarly);
  try {
    if (leftOvers(dataDir).length > 0) {
      await step("Ending what a killed portal left behind", () => endLeftOvers(dataDir));
    }
    await step("Checking the port", () => checkPort(settings.port, settings.host));
    await makeReady(step);
    const secrets = loadSecrets(dataDir, process.env);
    // From here on something runs that has to be stopped in good order.
    process.off("SIGINT", stopEarly).off("SIGTERM", stopEarly);
    const asked = stopRequest();
    const services = await startServices(settings, secrets, step);
    await serve({ settings, env: childEnv(settings, secrets, services), services, step, asked });
  } finally {
    for (const file of [runtimeFile(dataDir), processesFile(dataDir)])
      rmSync(file, { force: true });
    lock.release();
  }
}

// Everything that could end the start later is looked at before the long steps.
async function checkMachine(settings) {
  const node = checkNode();
  checkWritable([ROOT, settings.dataDir]);
  if (settings.databaseUrl === null) checkPostgresPlatform();
  await checkReachable({ DATABASE_URL: settings.databaseUrl, REDIS_URL: settings.redisUrl });
  await checkDisk(ROOT, dependenciesReady() ? ROOM.toRun : ROOM.toInstall);
  await checkDisk(settings.dataDir, ROOM.toRun);
  const programs = await ensurePrograms({ redis: settings.redisUrl === null });
  return programs === "found" ? `Node ${node}` : `Node ${node}, ${programs}`;
}

async function serve({ settings, env, services, step, asked }) {
  let processes = [];
  let endWatch = async () => {};
  try {
    await step("Applying migrations", () => migrate(env));
    processes = startProcesses(settings, env);
    await step("Starting web and worker", () => untilReady(settings, processes, asked));
    endWatch = services.watch(say);
    if (!asked.yet()) await announce(settings, env);
    await asked.signal;
    say("Stopping: letting running requests end (press Ctrl-C again to cut them off)");
    asked.onHurry(() => {
      for (const program of processes) program.kill();
    });
  } finally {
    await Promise.all(processes.map((program) => program.stop(GRACE_MS)));
    await endWatch();
    await services.stop();
  }
  say("Stopped.");
}

function startProcesses({ dataDir }, env) {
  const pids = {};
  const program = (name, file) =>
    keepRunning({
      name,
      args: ["--enable-source-maps", inRoot("dist", file)],
      env,
      // A person at a terminal reads our lines; anything else collects the programs' own.
      logFile: process.stdout.isTTY ? join(dataDir, "logs", `${name}.log`) : null,
      say,
      onStart(pid) {
        pids[name] = processIdentity(pid);
        writePrivateJson(processesFile(dataDir), pids);
      },
    });
  return [program("web", "server.js"), program("worker", "worker.js")];
}

async function untilReady(settings, processes, asked) {
  const end = Date.now() + READY_TIMEOUT_MS;
  const url = new URL("/api/health/ready", localUrl(settings.host, settings.port));
  while (Date.now() < end && !asked.yet()) {
    if (await answersOk(url)) return;
    const failed = processes.find((program) => program.failures() >= TRIES_AT_START);
    if (failed) throw startFailure(failed);
    await sleep(100);
  }
  if (asked.yet()) return;
  throw new Failure(
    `The portal did not become ready within ${elapsed(READY_TIMEOUT_MS)} (${url}).`,
    `Look at its log: ${join(settings.dataDir, "logs")}`,
    { detail: processes.map((program) => tail(program.words(), 10)).join("\n") },
  );
}

function startFailure(program) {
  const refused = program.failures() === Number.POSITIVE_INFINITY;
  return new Failure(
    refused ? "A setting is refused." : `A process ended ${TRIES_AT_START} times while starting.`,
    refused ? "Correct the setting that its message names, then start again." : "",
    { detail: tail(program.words(), 20) },
  );
}

async function answersOk(url) {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000), redirect: "manual" });
    return answer.status === 200;
  } catch {
    return false;
  }
}

async function announce(settings, env) {
  const { publicUrl, host, port, dataDir } = settings;
  writePrivateJson(runtimeFile(dataDir), {
    pid: process.pid,
    port,
    host,
    publicUrl,
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    startedAt: new Date().toISOString(),
  });
  const link = await setupLink(env);
  process.stdout.write(
    `\n  The portal is ready after ${elapsed(Date.now() - begin)}: ${publicUrl}\n`,
  );
  if (link) process.stdout.write(`  Make the first admin here (works once): ${link}\n`);
  if (!process.env.HOST) {
    process.stdout.write(
      "  It serves this machine only; HOST=0.0.0.0 npm start serves others too.\n",
    );
  }
  if (process.stdout.isTTY)
    process.stdout.write(`  Logs: ${join(dataDir, "logs")}. Ctrl-C stops it.\n`);
  process.stdout.write("\n");
}
