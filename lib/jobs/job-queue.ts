import { Queue } from "bullmq";
import type { z } from "zod";
import { type JobDefinition, QUEUE_NAME } from "../contracts/jobs";
import type { Redis } from "../redis/connections";

const KEEP_DONE = 200;
const KEEP_FAILED = 1_000;

/** When a recurring job runs: at fixed distances, or by a cron pattern in UTC. */
export type Rhythm = { everyMs: number } | { cron: string };

export type JobQueue = ReturnType<typeof openJobQueue>;

/** The producer's side of the queue. Nothing is dialled before the first call. */
export function openJobQueue(connection: () => Redis, prefix: string) {
  let opened: Queue | null = null;
  const queue = () => {
    opened ??= new Queue(QUEUE_NAME, { connection: connection(), prefix });
    return opened;
  };
  const optionsOf = (job: JobDefinition) => ({
    attempts: job.attempts,
    backoff: { type: "exponential", delay: job.backoffMs },
    removeOnComplete: { count: KEEP_DONE },
    removeOnFail: { count: KEEP_FAILED },
  });
  return {
    /** Puts a job into the queue; throws ZodError when the data does not fit it. */
    async enqueue<T extends z.ZodType>(job: JobDefinition<T>, data: z.input<T>): Promise<void> {
      await queue().add(job.name, job.data.parse(data), optionsOf(job));
    },
    /** The same, unless a job of that id waits or runs already. The id must not hold a colon. */
    async enqueueOnce<T extends z.ZodType>(
      job: JobDefinition<T>,
      data: z.input<T>,
      jobId: string,
    ): Promise<void> {
      // One that has ended must not stand in the way of the next.
      const ended = { removeOnComplete: true, removeOnFail: true };
      await queue().add(job.name, job.data.parse(data), { ...optionsOf(job), ...ended, jobId });
    },
    /** Sets the rhythm of a recurring job; as often as one likes, without losing what is due. */
    async schedule<T extends z.ZodType>(
      job: JobDefinition<T>,
      rhythm: Rhythm,
      data: z.input<T>,
    ): Promise<void> {
      const repeat =
        "everyMs" in rhythm ? { every: rhythm.everyMs } : { pattern: rhythm.cron, tz: "UTC" };
      await queue().upsertJobScheduler(job.name, repeat, {
        name: job.name,
        data: job.data.parse(data),
        opts: optionsOf(job),
      });
    },
    async close(): Promise<void> {
      await opened?.close();
    },
  };
}
