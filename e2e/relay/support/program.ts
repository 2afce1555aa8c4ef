import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

/** Kept of a program's output, for the message of a failure. */
const OUTPUT_CHARS = 20_000;
const KILL_AFTER_MS = 60_000;

/** Next's types make NODE_ENV a part of every environment. */
export type ProgramEnv = Readonly<Record<string, string> & { NODE_ENV: "production" }>;

/** A child process that this test started and that only this test ends. */
export interface Program {
  pid: number;
  /** The last part of what it wrote on both streams. */
  output(): string;
  running(): boolean;
  /** Sends a signal and waits for the end. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts a Node program in the project's root. */
export function startProgram(args: readonly string[], env: ProgramEnv): Program {
  return watch(spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] }));
}

function watch(child: ChildProcess): Program {
  let output = "";
  const collect = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-OUTPUT_CHARS);
  };
  child.stdout?.on("data", collect);
  child.stderr?.on("data", collect);
  const ended = once(child, "exit");
  const running = () => child.exitCode === null && child.signalCode === null;
  return {
    pid: child.pid ?? -1,
    output: () => output,
    running,
    async end(signal = "SIGTERM") {
      if (running()) child.kill(signal);
      const killer = setTimeout(() => child.kill("SIGKILL"), KILL_AFTER_MS);
      if (running()) await ended;
      clearTimeout(killer);
      return child.exitCode;
    },
  };
}

/**
 * Waits until the address answers 200.
 * @throws with the program's own words when it ended or took too long
 */
export async function untilReady(program: Program, url: string, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let last = "";
  while (Date.now() < deadline && program.running()) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      async (response) => ({ ready: response.status === 200, said: await response.text() }),
      (error: unknown) => ({ ready: false, said: String(error) }),
    );
    if (answer.ready) return;
    last = answer.said;
    await sleep(50);
  }
  const what = program.running() ? "was not ready in time" : "ended while starting";
  throw new Error(`${url} ${what}: ${last}\n${program.output()}`);
}
