import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../support/free-port";
import { clientBinary } from "./install";
import { clientEnvironment } from "./run";

export interface RouterOptions {
  /** Where the router sends Gemini calls: the portal's address. */
  portalUrl: string;
  /** Portal key that it presents there. */
  returnKey: string;
}

export interface Router {
  url: string;
  /** Key that its own callers must present. */
  apiKey: string;
  stop(): Promise<void>;
}

const READY_MS = 20_000;
const MODELS = ["gemini-2.5-flash", "gemini-2.5-pro", "gemini-3-pro-preview"];

/** Starts the real claude-code-router with the guide's configuration, on a free port. */
export async function startRouter(options: RouterOptions): Promise<Router> {
  const home = mkdtempSync(path.join(tmpdir(), "ccr-"));
  const port = await freePort();
  const apiKey = "ccr-key-of-my-choice";
  const folder = path.join(home, ".claude-code-router");
  mkdirSync(folder);
  writeFileSync(path.join(folder, "config.json"), JSON.stringify(config(options, port, apiKey)));
  const child = spawn(clientBinary("claude-code-router"), ["start"], {
    cwd: home,
    env: clientEnvironment(home),
    stdio: "ignore",
  });
  const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = async () => {
    child.kill("SIGKILL");
    await gone;
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilHealthy(url);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, apiKey, stop };
}

function config({ portalUrl, returnKey }: RouterOptions, port: number, apiKey: string): unknown {
  return {
    APIKEY: apiKey,
    HOST: "127.0.0.1",
    PORT: port,
    API_TIMEOUT_MS: 600_000,
    LOG: false,
    Providers: [
      {
        name: "gemini",
        api_base_url: `${portalUrl}/gemini/v1beta/models/`,
        api_key: returnKey,
        models: MODELS,
        transformer: { use: ["gemini"] },
      },
    ],
    Router: {
      default: "gemini,gemini-3-pro-preview",
      background: "gemini,gemini-3-pro-preview",
      think: "gemini,gemini-3-pro-preview",
      longContext: "gemini,gemini-3-pro-preview",
      longContextThreshold: 60_000,
      webSearch: "gemini,gemini-2.5-flash",
    },
  };
}

async function untilHealthy(url: string): Promise<void> {
  const deadline = Date.now() + READY_MS;
  while (Date.now() < deadline) {
    const answer = await fetch(`${url}/health`).catch(() => null);
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error(`claude-code-router did not answer on ${url} within ${READY_MS} ms.`);
}
