import { spawn } from "node:child_process";
import { ROOT } from "./paths.mjs";

let endCurrent = null;
let interrupted = false;

/** Whether this process was asked to end; what is still queued is then left out. */
export const wasInterrupted = () => interrupted;

/**
 * From now on a signal ends the command in the foreground and not this process, which can then
 * clean up behind it.
 */
export function passSignalsOn() {
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(name, () => {
      interrupted = true;
      process.exitCode = 130;
      endCurrent?.();
    });
  }
}

/**
 * Runs a command whose output people watch, one at a time, and ends whatever it leaves behind.
 * @param {string[]} command
 * @param {{ env: object, timeoutMs?: number }} options
 * @returns {Promise<{ code: number | null, timedOut: boolean }>} `code` is null after a signal
 */
export function inForeground([program, ...args], { env, timeoutMs = 0 }) {
  return new Promise((resolve) => {
    // Its own group, so that its children can be ended with it.
    const child = spawn(program, args, { cwd: ROOT, env, stdio: "inherit", detached: true });
    let timedOut = false;
    const endGroup = (name) => {
      try {
        process.kill(-child.pid, name);
      } catch {
        // Ended already.
      }
    };
    const finish = (code) => {
      clearTimeout(timer);
      endCurrent = null;
      resolve({ code, timedOut });
    };
    const timer = timeoutMs
      ? setTimeout(() => {
          timedOut = true;
          endGroup("SIGKILL");
        }, timeoutMs)
      : undefined;
    endCurrent = () => endGroup("SIGTERM");
    child.once("error", () => finish(127));
    child.once("exit", (code) => {
      endGroup("SIGKILL");
      finish(code);
    });
  });
}
