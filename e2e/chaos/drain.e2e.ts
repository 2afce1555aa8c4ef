import { expect, it } from "vitest";
import { startLoad } from "./support/load";
import { judge, untilQuiet } from "./support/oracle";
import { chaosRandom } from "./support/random";
import { setStage, untilServed } from "./support/stage";
import { FULL, note, until } from "./support/until";

const STREAMS = FULL ? 200 : 20;
const OPEN_MS = 60_000;
const QUIET_MS = 30_000;
const ENDS_WITHIN_MS = 60_000;
const UNREADY_WITHIN_MS = 1_000;

/**
 * A deployment: the old process is told to end while streams run, a new one takes its port at once.
 * The streams end as if nothing had happened, and everything is booked.
 */
it("lets running streams end, and hands the port over at once", async () => {
  const random = chaosRandom("drain");
  const stage = await setStage({ env: { DRAIN_MS: "45000" } });
  const [web] = stage.portal.web;
  if (!web) throw new Error("There is no web process.");
  try {
    const load = startLoad({
      urls: [stage.portal.url],
      key: stage.key,
      random,
      concurrency: STREAMS,
      limit: STREAMS,
      tokens: FULL ? [500, 1_500] : [300, 700],
      delayMs: 40,
    });
    await until(
      () => load.streaming() >= STREAMS,
      OPEN_MS,
      () => "too few streams run",
    );
    const old = web.program();
    process.kill(old.pid, "SIGTERM");
    const toldMs = Date.now();
    note(`SIGTERM with ${load.streaming()} streams open`);
    expect(load.streaming()).toBeGreaterThanOrEqual(STREAMS * 0.9);
    const answers = () =>
      fetch(`${web.url}/api/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
    await until(
      async () => !(await answers()),
      UNREADY_WITHIN_MS,
      () => "it still calls itself ready",
    );
    note(`not ready after ${Date.now() - toldMs} ms`);

    await web.restart();
    expect(old.running(), "the old process ended before its streams").toBe(true);
    await untilServed(stage);
    await load.finished();
    await until(
      () => !old.running(),
      ENDS_WITHIN_MS,
      () => `it does not end: ${old.output()}`,
    );
    note(`the old process ended ${Date.now() - toldMs} ms after it was told`);

    expect(load.logs().filter((log) => log.end !== "clean" || !log.complete())).toEqual([]);
    await untilQuiet(stage.portal, QUIET_MS);
    const logs = [...stage.warmUp, ...load.logs()];
    const verdict = await judge({ ...stage, logs, sweptBound: () => 0, counters: true });
    expect(verdict.faults).toEqual([]);
    expect(verdict.estimated).toBe(0);
  } finally {
    await stage.stop();
  }
});
