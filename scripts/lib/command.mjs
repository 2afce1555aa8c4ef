import { spawn } from "node:child_process";
import { Failure } from "./failure.mjs";
import { ROOT } from "./paths.mjs";

const TAIL_LINES = 40;

/**
 * Runs a program to its end with its output kept back; the last lines are shown only when it fails.
 * @param {string} what says what was being done, for the failure's message
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: object, cwd?: string, timeoutMs?: number, mend?: string, uid?: number, gid?: number }} [options]
 * @returns {Promise<string>} everything written to stdout
 * @throws {Failure} when it cannot be started, ends with a code other than 0, or takes too long
 */
export async function run(what, program, args, options = {}) {
  const result = await capture(program, args, options);
  if (result.code === 0) return result.stdout;
  const why = result.timedOut
    ? "took too long"
    : `ended with ${result.signal ?? `code ${result.code}`}`;
  throw new Failure(`${what} ${why}.`, options.mend ?? "", { detail: tail(result.output) });
}

/**
 * Runs a program to its end and tells how it ended; never throws.
 * @returns {Promise<{ code: number | null, signal: string | null, timedOut: boolean, stdout: string, output: string }>}
 */
export function capture(program, args, options = {}) {
  const { timeoutMs = 0, env = process.env, cwd = ROOT, uid, gid, onText = () => {} } = options;
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env, uid, gid, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let output = "";
    let timedOut = false;
    const timer = timeoutMs
      ? setTimeout(() => {
          timedOut = true;
          child.kill("SIGKILL");
        }, timeoutMs)
      : undefined;
    const finish = (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, timedOut, stdout, output });
    };
    child.stdout.setEncoding("utf8").on("data", (text) => {
      stdout += text;
      output += text;
      onText(text);
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      output += text;
      onText(text);
    });
    child.once("error", (error) => {
      output += error.message;
      finish(127, null);
    });
    child.once("close", finish);
  });
}

/** The last lines of a long output. */
export function tail(text, lines = TAIL_LINES) {
  return text.trimEnd().split("\n").slice(-lines).join("\n");
}
