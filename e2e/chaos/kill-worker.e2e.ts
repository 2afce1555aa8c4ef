import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { startLoad } from "./support/load";
import { judge, untilQuiet } from "./support/oracle";
import { chaosRandom } from "./support/random";
import { setStage } from "./support/stage";
import { FULL, note, until } from "./support/until";

const SETTLEMENTS = FULL ? 10_000 : 500;
const KILLS = FULL ? 20 : 4;
const CONCURRENCY = FULL ? 40 : 16;
/** Longer than a silent consumer keeps what it had read. */
const QUIET_MS = 90_000;
const PROGRESS_MS = 60_000;

/**
 * The worker is killed again and again while it books, between any two of its steps. What it had read
 * and not booked is read again; what it had booked and not acknowledged is booked once.
 */
it("loses no settlement and doubles none when the worker is killed", async () => {
  const random = chaosRandom("kill-worker");
  const stage = await setStage();
  const { portal } = stage;
  const booked = () => portal.database.db.request.count();
  try {
    const load = startLoad({
      urls: [portal.url],
      key: stage.key,
      random,
      concurrency: CONCURRENCY,
      limit: SETTLEMENTS,
      tokens: [5, 40],
      delayMs: 0,
    });
    const running = load.finished();
    for (let kill = 1; kill <= KILLS; kill++) {
      const before = await booked();
      const more = async () => (await booked()) > before || load.logs().length >= SETTLEMENTS;
      await until(more, PROGRESS_MS, () => "the worker books nothing");
      await sleep(random.whole(0, 120));
      await portal.worker.kill("SIGKILL");
      note(`worker kill -9 ${kill} of ${KILLS} after ${await booked()} records`);
      await portal.worker.restart();
    }
    await running;
    await untilQuiet(portal, QUIET_MS);
    const logs = [...stage.warmUp, ...load.logs()];
    const verdict = await judge({ ...stage, logs, sweptBound: () => 0, counters: true });
    expect(verdict.faults).toEqual([]);
    expect(verdict.estimated).toBe(0);
    expect(load.logs().filter((log) => !log.complete())).toEqual([]);
    expect(verdict.reached).toBe(SETTLEMENTS + stage.warmUp.filter((log) => log.complete()).length);
  } finally {
    await stage.stop();
  }
});
