import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";
import { freePort } from "../e2e/relay/support/free-port";
import { untilOpen } from "./until-open";

const PACKAGE = "@portkey-ai/gateway";
const VERSION = "1.15.2";
/** Kept between runs, outside of what the portal itself needs. */
const FOLDER = path.resolve(import.meta.dirname, "../node_modules/.cache/bench-portkey");
const PROGRAM = path.join(FOLDER, "node_modules", PACKAGE, "build", "start-server.js");
const INSTALL_MS = 180_000;
const READY_MS = 20_000;

export interface Portkey {
  pid: number;
  port: number;
  /** What tells it where to send a request. */
  headers: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/**
 * A gateway that many use, in front of the upstream; null where its package cannot be had. It answers
 * 500 to every streamed request on Node 20, so only whole answers can be asked of it.
 */
export async function startPortkey(upstreamPort: number): Promise<Portkey | null> {
  if (!(await installed())) return null;
  const port = await freePort();
  const child = spawn(process.execPath, [PROGRAM, `--port=${port}`, "--headless"], {
    stdio: "ignore",
    env: { PATH: process.env.PATH ?? "", NODE_ENV: "production" },
  });
  const ended = once(child, "exit");
  await untilOpen(PACKAGE, port, READY_MS).catch((error: unknown) => {
    child.kill("SIGKILL");
    throw error;
  });
  return {
    pid: child.pid ?? -1,
    port,
    headers: {
      "x-portkey-provider": "anthropic",
      "x-portkey-custom-host": `http://127.0.0.1:${upstreamPort}/v1`,
    },
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function installed(): Promise<boolean> {
  if (existsSync(PROGRAM)) return true;
  const options = ["--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock"];
  const args = ["install", "--prefix", FOLDER, ...options, `${PACKAGE}@${VERSION}`];
  const npm = spawn("npm", args, { stdio: "ignore", timeout: INSTALL_MS });
  await Promise.race([once(npm, "exit"), once(npm, "error")]);
  return existsSync(PROGRAM);
}
