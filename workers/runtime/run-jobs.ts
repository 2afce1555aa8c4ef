import { Worker } from "bullmq";
import { QUEUE_NAME } from "../../lib/contracts/jobs";
import type { Upkeep } from "../../lib/services/usage/upkeep";
import type { Handler } from "./handler";
import type { JobMetrics } from "./job-metrics";

export interface JobRunner {
  /** Lets running jobs end and takes no new ones. */
  close(): Promise<void>;
}

/**
 * Runs the queue's jobs, up to `concurrency` at a time. A job that no handler is listed for fails by
 * name.
 */
export function runJobs(
  upkeep: Upkeep,
  handlers: readonly Handler[],
  concurrency: number,
  metrics: JobMetrics,
): JobRunner {
  const byName = new Map(handlers.map((handler) => [handler.name, handler]));
  const worker = new Worker(
    QUEUE_NAME,
    async (job) => {
      const handler = byName.get(job.name);
      if (!handler) throw new Error(`No handler is listed for the job ${job.name}.`);
      await metrics.timed(job.name, () => handler.run(upkeep, job.data));
    },
    { connection: upkeep.queueConnection(), prefix: upkeep.keys.queues, concurrency },
  );
  worker.on("error", (error) => upkeep.log("warn", { event: "jobs.connection", error }));
  worker.on("failed", (job, error) => {
    upkeep.log("error", { event: "jobs.failed", job: job?.name, error });
  });
  return { close: () => worker.close() };
}
