import { constants, setPriority } from "node:os";
import type { Container } from "../../lib/server/container";
import type { Upkeep } from "../../lib/services/usage/upkeep";
import type { Handler } from "./handler";
import { createJobMetrics } from "./job-metrics";
import { runJobs } from "./run-jobs";
import { watchProgress } from "./watch-progress";

/** Time that running jobs and the last batch get after SIGTERM. */
const STOP_MS = 30_000;
const METRICS_EVERY_MS = 300_000;
/** Rhythms lie in Redis: what empties it must not end them. */
const SCHEDULE_EVERY_MS = 60_000;

export interface WorkerPlan {
  container: Container;
  upkeep: Upkeep;
  handlers: readonly Handler[];
  schedule: (upkeep: Upkeep) => Promise<void>;
}

/**
 * The worker process until it is told to end: jobs, schedules, and the collector of usage. SIGTERM and
 * SIGINT let what runs come to its end; a collector that is stuck ends the process with 1, so that the
 * supervisor starts another.
 */
export async function runWorker({ container, upkeep, handlers, schedule }: WorkerPlan) {
  const { log, clock } = container;
  // Books can wait for a moment, streams cannot: on a busy machine the web process goes first.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const ending = new AbortController();
  const metrics = createJobMetrics(() => clock.monotonicMs());
  const end = (reason: string) => {
    if (ending.signal.aborted) return;
    log("info", { event: "worker.stopping", reason });
    ending.abort();
    // What hangs must not hold the supervisor; messages that are not booked are taken over.
    clock.after(STOP_MS, () => process.exit(1));
  };
  process.once("SIGTERM", () => end("SIGTERM"));
  process.once("SIGINT", () => end("SIGINT"));
  const stopWatch = watchProgress({
    clock,
    state: upkeep.collector.state,
    isReachable: () =>
      container.db.$queryRaw`SELECT 1`.then(
        () => true,
        () => false,
      ),
    onStuck: () => {
      log("error", { event: "worker.stuck", ...upkeep.collector.state() });
      process.exitCode = 1;
      end("stuck");
    },
  });
  let cancelMetrics = () => {};
  const tellMetrics = () => {
    const jobs = Object.fromEntries(metrics.read());
    log("info", { event: "worker.metrics", jobs, collector: upkeep.collector.state() });
    cancelMetrics = clock.after(METRICS_EVERY_MS, tellMetrics);
  };
  cancelMetrics = clock.after(METRICS_EVERY_MS, tellMetrics);

  const collecting = upkeep.collector.run(ending.signal);
  // Without the list of allowed places every address inside the network would be refused.
  await container.startOutbound();
  const jobs = runJobs(upkeep, handlers, container.env.workerConcurrency, metrics);
  let cancelSchedules = () => {};
  const keepSchedules = () => {
    schedule(upkeep).catch((error: unknown) => log("error", { event: "worker.schedules", error }));
    cancelSchedules = clock.after(SCHEDULE_EVERY_MS, keepSchedules);
  };
  keepSchedules();
  log("info", { event: "worker.ready" });

  await collecting;
  stopWatch();
  cancelMetrics();
  cancelSchedules();
  await jobs.close();
  await upkeep.queue.close();
  await container.stop();
}
