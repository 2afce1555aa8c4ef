import { spawn } from "node:child_process";
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run, tail } from "./command.mjs";
import { Failure } from "./failure.mjs";
import { openLog } from "./log-file.mjs";
import { freePort, portProblem } from "./ports.mjs";
import { postgresFolder } from "./postgres-binaries.mjs";
import { giveTo, postgresUser } from "./postgres-user.mjs";
import { isRunning, processIdentity, signal, sleep, until } from "./processes.mjs";

const USER = "portal";
const START_TIMEOUT_MS = 120_000;
const RETRY_FOR_MS = 30_000;
const STOP_TIMEOUT_MS = 60_000;

// After a kill -9 the old server's children live on for a moment and keep their memory.
const LEFT_OVERS = /lock file "postmaster\.pid" already exists|pre-existing shared memory block/;
const PORT_TAKEN = /could not bind .*Address already in use/s;

/** Data that may be lost with the machine: for tests only. */
const FOR_TESTS = ["fsync=off", "full_page_writes=off"];

/**
 * Starts the built-in Postgres on loopback, making its cluster at the first call. A server left
 * over from a supervisor that was killed is taken over as it is.
 * @param {{ dataDir: string, port: number, password: string, forTests?: boolean, logFile: string }} options
 *   `dataDir` is the cluster's own folder; `port` is the preferred one (0: any)
 * @returns {Promise<{ pid: number, port: number, note: string }>}
 * @throws {Failure} with the server's own words when it does not start
 */
export async function startPostgres(options) {
  const adopted = await runningServer(options.dataDir);
  if (adopted) return { ...adopted, note: `already running on port ${adopted.port}` };
  const native = postgresFolder();
  const user = postgresUser(options.dataDir, join(native, "bin"));
  const fresh = !existsSync(join(options.dataDir, "PG_VERSION"));
  if (fresh) await makeCluster(options, native, user);
  giveTo(options.dataDir, user.owner);
  const server = await launchUntilReady(options, native, user);
  return { ...server, note: `${fresh ? "new database, " : ""}port ${server.port}` };
}

/** The address of a database on this server. */
export function postgresUrl({ port, password, database = "portal" }) {
  return `postgresql://${USER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

/** Stops a server in good order: open transactions are rolled back, all data is written. */
export async function stopPostgres(pid) {
  signal(pid, "SIGINT");
  if (await until(() => !isRunning(pid), STOP_TIMEOUT_MS)) return;
  signal(pid, "SIGQUIT");
  await until(() => !isRunning(pid), 10_000);
}

// initdb works in a folder beside and the result is moved into place: half a cluster never counts.
async function makeCluster({ dataDir, password }, native, user) {
  const building = `${dataDir}.new`;
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { recursive: true, mode: 0o700 });
  const secret = mkdtempSync(join(tmpdir(), "portal-postgres-"));
  const passwordFile = join(secret, "password");
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  chmodSync(secret, 0o711);
  giveTo(building, user.owner);
  giveTo(passwordFile, user.owner);
  try {
    const [program, ...args] = [
      ...user.wrap,
      join(native, "bin", "initdb"),
      `--pgdata=${building}`,
      `--username=${USER}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      // Sorts the same way on every system.
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
    ];
    await run("initdb", program, args, {
      cwd: "/",
      env: serverEnv(),
      uid: user.uid,
      gid: user.gid,
    });
    renameSync(building, dataDir);
  } catch (error) {
    rmSync(building, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(secret, { recursive: true, force: true });
  }
}

const serverEnv = () => ({ PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" });

async function launchUntilReady(options, native, user) {
  const end = Date.now() + RETRY_FOR_MS;
  let port = await freePort(options.port);
  for (;;) {
    dropForeignPidFile(options.dataDir);
    const { pid, words } = await launch({ ...options, port }, native, user);
    if (pid !== null) return { pid, port };
    if (PORT_TAKEN.test(words)) port = await freePort();
    else if (!LEFT_OVERS.test(words) || Date.now() > end) {
      throw new Failure("Postgres did not start.", "", { detail: tail(words, 20) });
    }
    await sleep(300);
  }
}

// Resolves once the server is ready (its pid) or has given up (null, and what it said).
async function launch({ dataDir, port, forTests, logFile }, native, user) {
  const log = openLog(logFile);
  const settings = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
    "password_encryption=scram-sha-256",
    ...(forTests ? FOR_TESTS : []),
  ];
  const [program, ...args] = [
    ...user.wrap,
    join(native, "bin", "postgres"),
    ...["-D", dataDir, "-p", String(port)],
    ...settings.flatMap((setting) => ["-c", setting]),
  ];
  const { uid, gid } = user;
  const child = spawn(program, args, {
    ...{ uid, gid, cwd: "/", env: serverEnv() },
    // Its own group: Ctrl-C in the terminal must not stop it before those who use it.
    detached: true,
    stdio: ["ignore", log.fd, log.fd],
  });
  closeSync(log.fd);
  let ended = false;
  child.once("exit", () => {
    ended = true;
  });
  child.once("error", () => {
    ended = true;
  });
  child.unref();
  const ready = () => pidFile(dataDir)?.ready === true && pidFile(dataDir)?.pid === child.pid;
  await until(() => ended || ready(), START_TIMEOUT_MS, 25);
  if (!ended && ready()) return { pid: child.pid, words: "" };
  if (!ended) signal(child.pid, "SIGQUIT");
  return { pid: null, words: log.since() };
}

/**
 * What the server says of itself: line 1 its pid, line 4 its port, line 8 its state.
 * @see https://www.postgresql.org/docs/18/storage-file-layout.html
 */
function pidFile(dataDir) {
  try {
    const lines = readFileSync(join(dataDir, "postmaster.pid"), "utf8").split("\n");
    return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
  } catch {
    return null;
  }
}

/** The server that already serves this cluster, or null. */
export async function runningServer(dataDir) {
  const found = pidFile(dataDir);
  if (!found?.ready || !isPostgres(found.pid)) return null;
  const listening = (await portProblem(found.port)) === "EADDRINUSE";
  return listening ? { pid: found.pid, port: found.port } : null;
}

// After a restart of the machine or the container, the pid in the file may belong to something
// else, and Postgres would then believe that its predecessor still runs.
function dropForeignPidFile(dataDir) {
  const found = pidFile(dataDir);
  if (found && processIdentity(found.pid) !== null && !isPostgres(found.pid)) {
    rmSync(join(dataDir, "postmaster.pid"), { force: true });
  }
}

function isPostgres(pid) {
  if (!isRunning(pid)) return false;
  if (process.platform !== "linux") return true;
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim() === "postgres";
  } catch {
    return false;
  }
}
