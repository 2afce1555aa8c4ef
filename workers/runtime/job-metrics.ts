export interface JobCounts {
  done: number;
  failed: number;
  totalMs: number;
}

export type JobMetrics = ReturnType<typeof createJobMetrics>;

/** Counts and times jobs by name, in this process. */
export function createJobMetrics(nowMs: () => number) {
  const counts = new Map<string, JobCounts>();
  return {
    /** Runs `work` as one job of that name; what it throws is thrown on. */
    async timed<T>(name: string, work: () => Promise<T>): Promise<T> {
      const count = counts.get(name) ?? { done: 0, failed: 0, totalMs: 0 };
      counts.set(name, count);
      const startedMs = nowMs();
      try {
        const result = await work();
        count.done++;
        return result;
      } catch (error) {
        count.failed++;
        throw error;
      } finally {
        count.totalMs += nowMs() - startedMs;
      }
    },
    read: (): ReadonlyMap<string, Readonly<JobCounts>> => counts,
  };
}
