import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/** The real clients that the journeys run, pinned: they change what they send from month to month. */
const CLIENTS = {
  "claude-code": { package: "@anthropic-ai/claude-code", version: "2.1.330", bin: "claude" },
  "claude-code-router": { package: "@musistudio/claude-code-router", version: "2.0.0", bin: "ccr" },
  codex: { package: "@openai/codex", version: "0.169.0", bin: "codex" },
  opencode: { package: "opencode-ai", version: "1.18.33", bin: "opencode" },
  "gemini-cli": { package: "@google/gemini-cli", version: "0.61.0", bin: "gemini" },
} as const;

export type ClientName = keyof typeof CLIENTS;

const CACHE = path.resolve(import.meta.dirname, "../../../.cache/clients");

/**
 * Path of a client's executable, installed from npm into an ignored cache on first use. They are no
 * dependencies of the project (one is a 235 MB binary). A machine that cannot fetch them fails here,
 * by name: a journey that is skipped in silence proves nothing.
 */
export function clientBinary(name: ClientName): string {
  const { package: packageName, version, bin } = CLIENTS[name];
  const home = path.join(CACHE, `${name}-${version}`);
  const binary = path.join(home, "node_modules/.bin", bin);
  if (existsSync(binary)) return binary;

  const making = `${home}.making-${process.pid}`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true });
  writeFileSync(path.join(making, "package.json"), JSON.stringify({ private: true }));
  const done = spawnSync(
    "npm",
    ["install", "--no-audit", "--no-fund", "--save-exact", `${packageName}@${version}`],
    { cwd: making, encoding: "utf8", timeout: 300_000 },
  );
  if (done.status !== 0 || !existsSync(path.join(making, "node_modules/.bin", bin))) {
    rmSync(making, { recursive: true, force: true });
    throw new Error(`Cannot install ${packageName}@${version} from npm: ${done.stderr}`);
  }
  // Put in place only when whole, so that an interrupted install is made again.
  rmSync(home, { recursive: true, force: true });
  renameSync(making, home);
  return binary;
}
