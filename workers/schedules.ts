import { jobs } from "../lib/contracts/jobs";
import type { Upkeep } from "../lib/services/usage/upkeep";

/** Sets the rhythms of all recurring jobs. Upserted at each start and never removed first. */
export async function schedule({ queue, sweepAfterMs }: Upkeep): Promise<void> {
  // A shortened silence is swept as often, or tests would wait for the next round.
  const sweepEveryMs = Math.min(10_000, sweepAfterMs ?? 10_000);
  await queue.schedule(jobs.sweepIntents, { everyMs: sweepEveryMs }, {});
  await queue.schedule(jobs.deliverSpool, { everyMs: 15_000 }, {});
  await queue.schedule(jobs.findExpiringTokens, { everyMs: 30_000 }, {});
  await queue.schedule(jobs.runDueProbes, { everyMs: 30_000 }, {});
  await queue.schedule(jobs.deliverNotifications, { everyMs: 5_000 }, {});
  await queue.schedule(jobs.makePartitions, { cron: "10 2 * * *" }, {});
  await queue.schedule(jobs.importPrices, { cron: "20 2 * * *" }, {});
  await queue.schedule(jobs.verifyBooks, { cron: "30 * * * *" }, { days: 2 });
}
