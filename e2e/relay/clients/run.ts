import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type ClientName, clientBinary } from "./install";

export interface ClientRun {
  stdout: string;
  stderr: string;
  exitCode: number | null;
}

export interface ClientOptions {
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  /** Prepares the client's own home folder, e.g. with a settings file. */
  home?: (folder: string) => void;
  timeoutMs?: number;
}

/** Only these variables of the test's own environment reach a client. */
const PASSED_ON = ["PATH", "LANG", "TMPDIR"] as const;

/**
 * Runs a real client once, in a home and a working folder of its own, with telemetry and updates off
 * and every proxy pointing nowhere, so that a call to any other host than loopback fails at once.
 */
export async function runClient(name: ClientName, options: ClientOptions): Promise<ClientRun> {
  const binary = clientBinary(name);
  const home = mkdtempSync(path.join(tmpdir(), `${name}-`));
  try {
    options.home?.(home);
    return await new Promise<ClientRun>((resolve, reject) => {
      const child = spawn(binary, options.args, {
        cwd: home,
        env: { ...clientEnvironment(home), ...options.env },
        stdio: ["ignore", "pipe", "pipe"],
        timeout: options.timeoutMs ?? 120_000,
      });
      let stdout = "";
      let stderr = "";
      child.stdout.on("data", (chunk) => {
        stdout += chunk;
      });
      child.stderr.on("data", (chunk) => {
        stderr += chunk;
      });
      child.on("error", reject);
      child.on("close", (exitCode) => resolve({ stdout, stderr, exitCode }));
    });
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The environment every client runs in: its own home, no telemetry, no host but loopback. */
export function clientEnvironment(home: string): NodeJS.ProcessEnv {
  const passed = PASSED_ON.flatMap((variable) => {
    const value = process.env[variable];
    return value === undefined ? [] : [[variable, value] as const];
  });
  return {
    ...Object.fromEntries(passed),
    NODE_ENV: "production",
    HOME: home,
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    DISABLE_TELEMETRY: "1",
    DISABLE_AUTOUPDATER: "1",
    DISABLE_ERROR_REPORTING: "1",
    HTTP_PROXY: "http://127.0.0.1:9",
    HTTPS_PROXY: "http://127.0.0.1:9",
    NO_PROXY: "127.0.0.1,localhost",
    NO_COLOR: "1",
    CI: "1",
  };
}
