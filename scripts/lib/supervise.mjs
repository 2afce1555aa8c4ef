import { spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { openLog } from "./log-file.mjs";
import { inRoot, ROOT } from "./paths.mjs";
import { signal } from "./processes.mjs";

const STEADY_MS = 60_000;
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 30_000;
/** How a program says that its settings are wrong (EX_CONFIG): starting it again cannot help. */
const WRONG_SETTINGS = 78;

/** How long to wait before the n-th restart in a row (from 0): doubling, with a ceiling. */
export function restartDelay(failures) {
  return Math.min(FIRST_DELAY_MS * 2 ** failures, LONGEST_DELAY_MS);
}

const FOLLOW = pathToFileURL(inRoot("scripts", "lib", "follow-parent.mjs")).href;

/**
 * Keeps one Node program running: when it ends by itself it is started again, ever more slowly as
 * long as it keeps failing.
 * @param {{ name: string, args: string[], env: object, logFile: string | null,
 *   say: (line: string) => void, onStart?: (pid: number) => void }} options
 *   `logFile` null sends the program's output to ours; `onStart` hears of every start
 * @returns {{ failures(): number, words(): string, stop(graceMs: number): Promise<void>, kill(): void }}
 *   `failures` counts the ends since it last ran steadily, infinite when it refuses its settings
 *   and is not started again; `words` is its output since its last
 *   start (empty without a log file); `stop` asks it to end, insists after the grace period, and
 *   resolves when it is gone
 */
export function keepRunning({ name, args, env, logFile, say, onStart = () => {} }) {
  let child = null;
  let log = null;
  let timer;
  let failures = 0;
  let stopping = false;
  let gone = Promise.resolve();

  const start = () => {
    const begin = Date.now();
    log = logFile ? openLog(logFile) : null;
    const output = log ? log.fd : "inherit";
    child = spawn(process.execPath, ["--import", FOLLOW, ...args], {
      ...{ cwd: ROOT, env },
      // Its own group: Ctrl-C reaches it through us only, so that the order of stopping holds.
      detached: true,
      stdio: ["ignore", output, output, "ipc"],
    });
    if (log) closeSync(log.fd);
    if (child.pid) onStart(child.pid);
    gone = new Promise((resolve) => {
      child.once("exit", (code, how) => {
        resolve();
        if (stopping) return;
        if (code === WRONG_SETTINGS) failures = Number.POSITIVE_INFINITY;
        else again(how ?? `code ${code}`, Date.now() - begin);
      });
    });
  };

  const again = (how, ranMs) => {
    if (ranMs > STEADY_MS) failures = 0;
    const delay = restartDelay(failures);
    failures += 1;
    say(`${name} ended (${how}); starting it again in ${delay / 1000} s`);
    timer = setTimeout(start, delay);
  };

  start();
  return {
    failures: () => failures,
    words: () => log?.since() ?? "",
    kill: () => child?.pid && signal(child.pid, "SIGKILL"),
    async stop(graceMs) {
      stopping = true;
      clearTimeout(timer);
      if (child.exitCode !== null || child.signalCode !== null) return;
      signal(child.pid, "SIGTERM");
      const insist = setTimeout(() => signal(child.pid, "SIGKILL"), graceMs);
      await gone;
      clearTimeout(insist);
    },
  };
}
