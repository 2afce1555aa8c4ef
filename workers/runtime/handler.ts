import type { z } from "zod";
import type { JobDefinition } from "../../lib/contracts/jobs";
import type { Upkeep } from "../../lib/services/usage/upkeep";

/** A job bound to the use case that it runs. */
export interface Handler {
  name: string;
  /** Throws ZodError when the data does not fit the job. */
  run(upkeep: Upkeep, data: unknown): Promise<void>;
}

/** Binds a job to a use case, which is given data that fits the job's shape. */
export function on<T extends z.ZodType>(
  job: JobDefinition<T>,
  run: (upkeep: Upkeep, data: z.output<T>) => Promise<unknown>,
): Handler {
  return {
    name: job.name,
    async run(upkeep, data) {
      await run(upkeep, job.data.parse(data));
    },
  };
}
