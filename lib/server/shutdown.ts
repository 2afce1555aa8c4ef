import type { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "./log/log";

export interface DrainPlan {
  server: Server;
  log: Log;
  /** Called first, before anything is closed. */
  onBegin(): void;
  openRequests(): number;
  /** How long running requests may go on. */
  drainMs: number;
  /** Flushes and closes everything else; after it the process may end. */
  stop(): Promise<void>;
}

const LOOK_EVERY_MS = 50;
/** What cut requests are given to settle. */
const SETTLE_MS = 3_000;

/**
 * Ends a server in good order: no new connections at once (a successor can take the port), running
 * answers may finish, what is still open after `drainMs` is cut and settled, then the rest is
 * closed. A second call cuts without further waiting.
 */
export function gracefulEnd(plan: DrainPlan): () => Promise<void> {
  let running: Promise<void> | null = null;
  let hurry = false;
  const end = async () => {
    const { server, log } = plan;
    plan.onBegin();
    log("info", { event: "server.draining", openRequests: plan.openRequests() });
    server.close();
    await untilIdle(plan, plan.drainMs, () => hurry);
    const cut = plan.openRequests();
    server.closeAllConnections();
    await untilIdle(plan, SETTLE_MS, () => false);
    await plan.stop();
    log("info", { event: "server.ended", cut });
    log.flush();
  };
  return () => {
    if (running) hurry = true;
    running ??= end();
    return running;
  };
}

async function untilIdle(plan: DrainPlan, forMs: number, stopNow: () => boolean): Promise<void> {
  const deadline = performance.now() + forMs;
  while (plan.openRequests() > 0 && performance.now() < deadline && !stopNow()) {
    plan.server.closeIdleConnections();
    await sleep(LOOK_EVERY_MS);
  }
}
